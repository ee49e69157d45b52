"""`ops … replay`."""
