"""`ops … dlq`."""
