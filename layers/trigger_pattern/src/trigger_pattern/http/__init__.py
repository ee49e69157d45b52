"""The HTTP API: requests in, commands and answers out, errors as problem documents."""
