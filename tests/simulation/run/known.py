"""Faults of the real code that the simulation has found and that are not mended yet.

A run that breaks one of these sentences in these circumstances is counted apart. Whoever mends a fault takes it out of
here; `test_seeds.py` fails as long as its seed does not show it any more and it is still listed.
"""

from dataclasses import dataclass

from tests.simulation.run.simulation import Result
from tests.simulation.run.weather import Upheaval


@dataclass(frozen=True)
class Known:
    """A fault: what it breaks, what has to happen for that, why, and a seed that shows it."""

    sentences: frozenset[str]
    needs: Upheaval
    why: str
    seed: int


_TWICE_SENT = (
    "A request with an Idempotency-Key that is sent again while the commands queue is replaced can be in both queues. "
    "When one copy has been dealt with, and then another command of the other queue was applied, neither the marks of "
    "the newest commit nor the number of deliveries tell that the other copy is no new command. "
)
KNOWN = (
    Known(
        frozenset({"no command takes effect twice"}),
        Upheaval.NEW_QUEUE,
        _TWICE_SENT + "What was applied is applied again.",
        4541,
    ),
    Known(
        frozenset({"no command takes effect after it was refused"}),
        Upheaval.NEW_QUEUE,
        _TWICE_SENT + "What was refused or unchanged takes effect after all.",
        2206,
    ),
)


def is_known(result: Result) -> bool:
    """Say whether a run failed by a fault that is listed here."""
    return any(result.broken in known.sentences and known.needs in result.kinds for known in KNOWN)
