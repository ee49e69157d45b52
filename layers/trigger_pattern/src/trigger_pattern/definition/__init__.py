"""A resource as its author declares it, and all that follows from its types. Standard library only."""
