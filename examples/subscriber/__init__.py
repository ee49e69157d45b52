"""A consumer of the cars' events, to copy from."""
