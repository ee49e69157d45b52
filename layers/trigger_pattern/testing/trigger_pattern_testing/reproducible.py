"""A backend of hypothesis that draws the same examples in every process.

Hypothesis itself also draws constants that it finds in the source of the modules that happen to be loaded, so that the
same test draws other examples if another test was run before it.
https://hypothesis.readthedocs.io/en/latest/reference/internals.html#alternative-backends
"""

from functools import cached_property
from typing import Final

from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, CONSTANTS_CACHE, HypothesisProvider
from hypothesis.internal.constants_ast import Constants

BACKEND: Final = "reproducible"


class ReproducibleProvider(HypothesisProvider):
    """Hypothesis' own way of drawing, without constants of the source."""

    @cached_property
    def _local_constants(self) -> Constants:
        """None. Asked for before the cache is, which all backends of a process share."""
        CONSTANTS_CACHE.cache.clear()
        return Constants()


AVAILABLE_PROVIDERS[BACKEND] = f"{__name__}.{ReproducibleProvider.__name__}"
