"""The one source of all that is chosen."""

from random import Random


class Chance(Random):
    """A generator that is seeded, and asked the same few questions again and again."""

    def often(self) -> bool:
        """Return True four times in five."""
        return self.random() < 0.8

    def rarely(self) -> bool:
        """Return True once in twenty times."""
        return self.random() < 0.05
