"""`cars rebuild-view`."""
