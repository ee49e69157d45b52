"""How long the functions take to start."""
