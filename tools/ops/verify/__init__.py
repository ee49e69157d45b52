"""`ops … verify`."""
