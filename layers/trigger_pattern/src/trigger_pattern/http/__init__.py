"""The HTTP API: requests in, commands and answers out, and errors as problem documents."""
