"""Project commits into the view: each resource as it is now, for lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from trigger_pattern.application.commits import CannotFold, DecodedCommit, Refold, with_state
from trigger_pattern.application.publishing import SetAside
from trigger_pattern.definition.life import Gone
from trigger_pattern.definition.stored import UnknownEvent


@dataclass(frozen=True)
class Viewed:
    """A resource as it was at a version; `value` is None if it was deleted."""

    aggregate_id: str
    version: int
    value: object | None


class View(Protocol):
    """Keeps each resource's newest known version, of deleted ones too, so that no older one replaces it."""

    def put(self, viewed: Viewed) -> bool:
        """Return whether a resource was written: False if the view has a newer version."""
        ...


@dataclass(frozen=True)
class Projector:
    """Puts the state after a commit into the view. Order and repetition do not matter: the newest version stays."""

    view: View
    refold: Refold

    def project(self, commit: DecodedCommit) -> bool:
        """Return whether one commit's resource was written: False if the view has a newer version.

        Raises CannotFold, the view's faults, and UnknownEvent if newer code wrote an earlier event.
        """
        state = with_state(commit, self.refold).state
        value = None if isinstance(state, Gone) else state
        return self.view.put(Viewed(commit.aggregate_id, commit.last_version, value))

    def project_all(self, commits: Iterable[DecodedCommit], rejects: SetAside, later: SetAside) -> int:
        """Put the newest commit of each resource; return how many there were.

        A commit that cannot be folded is dead-lettered; one that only newer code can fold is retried later.
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


def newest_of_each(commits: Iterable[DecodedCommit]) -> list[DecodedCommit]:
    """Return the newest commit of each resource; the commits may come in any order."""
    newest: dict[str, DecodedCommit] = {}
    for commit in commits:
        known = newest.get(commit.aggregate_id)
        if known is None or commit.version > known.version:
            newest[commit.aggregate_id] = commit
    return list(newest.values())
