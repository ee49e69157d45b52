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
    """A resource as it was at a version of its; `value` is None where it was deleted."""

    aggregate_id: str
    version: int
    value: object | None


class View(Protocol):
    """The newest known version of each resource, deleted ones too, so that no older one takes their place."""

    def put(self, viewed: Viewed) -> bool:
        """Keep a resource, unless a newer version of it is kept: False, and nothing written, then."""
        ...


@dataclass(frozen=True)
class Projector:
    """Puts the state after a commit into the view, in any order and any number of times: the newest stays."""

    view: View
    refold: Refold

    def project(self, commit: DecodedCommit) -> bool:
        """Put one commit's resource; return False where the view has a newer version.

        Raises CannotFold, UnknownEvent where newer code wrote an earlier event, and the view's faults.
        """
        state = with_state(commit, self.refold).state
        value = None if isinstance(state, Gone) else state
        return self.view.put(Viewed(commit.aggregate_id, commit.last_version, value))

    def project_all(self, commits: Iterable[DecodedCommit], rejects: SetAside, later: SetAside) -> int:
        """Put the newest commit of each resource; return how many there were.

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


def newest_of_each(commits: Iterable[DecodedCommit]) -> list[DecodedCommit]:
    """Return the newest commit of each resource, whatever order they come in."""
    newest: dict[str, DecodedCommit] = {}
    for commit in commits:
        known = newest.get(commit.aggregate_id)
        if known is None or commit.version > known.version:
            newest[commit.aggregate_id] = commit
    return list(newest.values())
