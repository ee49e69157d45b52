"""`ops … rebuild-view`."""
