"""The events table's stream, as commits."""

from collections.abc import Iterable, Iterator
from typing import Any

from trigger_pattern.application.commits import DecodedCommit, StoredCommit
from trigger_pattern.application.publishing import SetAside
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem, decode, read_stored
from trigger_pattern.aws.dynamodb.overdue import set_aside
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import UnknownEvent


def read_stream(resource: AnyResource, records: Iterable[dict[str, Any]], rejects: SetAside) -> Iterator[StoredCommit]:
    """Return the inserted commits, in order. A record that is no commit is dead-lettered."""
    for record in records:
        if record["eventName"] != "INSERT":
            continue
        try:
            yield read_stored(resource, record["dynamodb"].get("NewImage", {}))
        except CorruptItem as corrupt:
            set_aside(resource, record, str(corrupt), rejects)


def decoded(
    resource: AnyResource, commits: Iterable[StoredCommit], rejects: SetAside, later: SetAside
) -> Iterator[DecodedCommit]:
    """Return commits as this code understands them. A corrupt one is dead-lettered; newer code's is retried later."""
    for commit in commits:
        try:
            yield decode(resource, commit)
        except CorruptItem as corrupt:
            rejects.set_aside(commit.aggregate_id, commit.version, str(corrupt))
        except UnknownEvent as newer:
            later.set_aside(commit.aggregate_id, commit.version, str(newer))
