"""A resource as its author declares it, and everything that follows from its types. Standard library only."""
