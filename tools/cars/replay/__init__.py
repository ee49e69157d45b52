"""`cars replay`."""
