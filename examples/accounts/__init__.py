"""A second resource, to show what an author writes: accounts with a limit, which can be frozen."""
