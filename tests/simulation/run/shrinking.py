"""Make a failing run's story shorter: fewer requests and fewer faults, as long as the same invariant fails."""

from collections.abc import Iterator
from dataclasses import replace

from tests.simulation.run.simulation import Case, Result, simulate


def shrink(failing: Result) -> Result:
    """Return the shortest run found that fails in the same way."""
    shorter = _shorter(failing)
    while shorter:
        failing = shorter
        shorter = _shorter(failing)
    return failing


def _shorter(failing: Result) -> Result | None:
    """Return a shorter run with the same failure; None if everything left is needed."""
    for case in _candidates(failing):
        result = simulate(case)
        if result.violation == failing.violation:
            return result
    return None


def _candidates(failing: Result) -> Iterator[Case]:
    """Yield shorter cases: without half of the faults, all of one kind, each request, and each fault."""
    case, keys = failing.case, sorted(set(failing.keys))
    groups = [keys[: len(keys) // 2], keys[len(keys) // 2 :]] if len(keys) > 2 else []
    kinds = sorted({what for what, _ in keys})
    groups += [[key for key in keys if key[0] == kind] for kind in kinds]
    for group in groups:
        yield replace(case, without=case.without | set(group))
    for number in reversed(failing.requests):
        yield replace(case, left_out=case.left_out | {number})
    for key in keys:
        yield replace(case, without=case.without | {key})
