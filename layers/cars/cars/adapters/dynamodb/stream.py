"""The events table's stream, as commits."""

from collections.abc import Iterable, Iterator
from typing import Any

from cars.adapters.dynamodb.commit_item import CorruptItem, read_commit
from cars.adapters.dynamodb.overdue import set_aside
from cars.application.commits import CarCommit
from cars.application.publishing import SetAside


def read_commits(records: Iterable[dict[str, Any]], rejects: SetAside) -> Iterator[CarCommit]:
    """Read the commits that were inserted, in order; an item that is no commit is set aside, and the rest go on.

    Raises UnknownEvent where newer code wrote one: it must wait for newer code here.
    """
    for record in records:
        if record["eventName"] != "INSERT":
            continue
        try:
            yield read_commit(record["dynamodb"].get("NewImage", {}))
        except CorruptItem as corrupt:
            set_aside(record, str(corrupt), rejects)
