"""`cars dlq`."""
