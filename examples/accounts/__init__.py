"""A second resource, as an example for authors: accounts with a limit, which can be frozen."""
