"""The events table's stream, as commits."""

from collections.abc import Iterable, Iterator
from typing import Any

from cars.adapters.dynamodb.commit_item import CorruptItem, decode, read_stored
from cars.adapters.dynamodb.overdue import set_aside
from cars.application.commits import CarCommit, StoredCommit
from cars.application.publishing import SetAside
from cars.domain.stored_events import UnknownEvent


def read_stream(records: Iterable[dict[str, Any]], rejects: SetAside) -> Iterator[StoredCommit]:
    """Return the commits that were inserted, in order. What is no commit is dead-lettered, and the rest go on."""
    for record in records:
        if record["eventName"] != "INSERT":
            continue
        try:
            yield read_stored(record["dynamodb"].get("NewImage", {}))
        except CorruptItem as corrupt:
            set_aside(record, str(corrupt), rejects)


def decoded(commits: Iterable[StoredCommit], rejects: SetAside, later: SetAside) -> Iterator[CarCommit]:
    """Return what commits mean, in order. A corrupt one is dead-lettered, and one of newer code is left for later."""
    for commit in commits:
        try:
            yield decode(commit)
        except CorruptItem as corrupt:
            rejects.set_aside(commit.aggregate_id, commit.version, str(corrupt))
        except UnknownEvent as newer:
            later.set_aside(commit.aggregate_id, commit.version, str(newer))
