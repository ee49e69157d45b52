"""`cars history`."""
