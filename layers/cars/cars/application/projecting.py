"""Project commits into the cars view: each car as it is now, for lists of cars."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from cars.application.commits import CannotFold, CarCommit, Refold, with_state
from cars.application.publishing import SetAside
from cars.domain.car import Car
from cars.domain.stored_events import UnknownEvent


@dataclass(frozen=True)
class CarAt:
    """A car as it was at a version of its; `car` is None where it was deleted."""

    car_id: str
    version: int
    car: Car | None


class CarsView(Protocol):
    """The newest known version of each car, deleted ones too, so that no older one takes their place."""

    def put(self, car: CarAt) -> bool:
        """Keep a car, unless a newer version of it is kept: False, and nothing written, then."""
        ...


@dataclass(frozen=True)
class Projector:
    """Puts the state after a commit into the view, in any order and any number of times: the newest stays."""

    view: CarsView
    refold: Refold

    def project(self, commit: CarCommit) -> bool:
        """Put one commit's car; return False where the view has a newer version.

        Raises CannotFold, UnknownEvent where newer code wrote an earlier event, and the view's faults.
        """
        state = with_state(commit, self.refold).state
        return self.view.put(CarAt(commit.aggregate_id, commit.last_version, state if isinstance(state, Car) else None))

    def project_all(self, commits: Iterable[CarCommit], rejects: SetAside, later: SetAside) -> int:
        """Put the newest of each car's commits; return how many there were.

        What cannot be folded is dead-lettered, and what only newer code can fold is left for later.
        """
        newest = newest_of_each(commits)
        for commit in newest:
            try:
                self.project(commit)
            except CannotFold as reason:
                rejects.set_aside(commit.aggregate_id, commit.version, str(reason))
            except UnknownEvent as newer:
                later.set_aside(commit.aggregate_id, commit.version, str(newer))
        return len(newest)


def newest_of_each(commits: Iterable[CarCommit]) -> list[CarCommit]:
    """Give the newest commit of each car, whatever order they come in."""
    newest: dict[str, CarCommit] = {}
    for commit in commits:
        known = newest.get(commit.aggregate_id)
        if known is None or commit.version > known.version:
            newest[commit.aggregate_id] = commit
    return list(newest.values())
