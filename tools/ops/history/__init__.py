"""`ops … history`."""
