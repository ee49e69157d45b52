"""`cars verify`."""
