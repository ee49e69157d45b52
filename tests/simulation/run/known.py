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


KNOWN = (
    Known(
        frozenset({"no command takes effect twice", "no command takes effect after it was refused"}),
        Upheaval.NEW_QUEUE,
        "While the commands queue is replaced, a car's commands come from two queues, and the marks in its newest "
        "commit are those of one of them. A message of the other that is delivered again within the margin is then no "
        "duplicate: what was applied is applied again, and what was refused or unchanged may take effect after all.",
        264,
    ),
    Known(
        frozenset({"no command takes effect after it was refused"}),
        Upheaval.DEPLOYMENT,
        "A command that today's code refuses (yellow is no color) and whose message comes again, though the refusal is "
        "noted, meets newer code, which applies it. Nobody looks whether its outcome had been decided.",
        6358,
    ),
    Known(
        frozenset({"nothing accepted is lost", "poison is set aside as it came"}),
        Upheaval.TRIED_FOR_DAYS,
        "The handler has exactly one delivery, the last, to set aside what keeps failing. Where it crashes then, SQS "
        "moves the message without a reason, or its outcome is never noted and it is told to be pending for ever.",
        175,
    ),
)


def is_known(result: Result) -> bool:
    """Say whether a run failed by a fault that is listed here."""
    return any(result.broken in known.sentences and known.needs in result.kinds for known in KNOWN)
