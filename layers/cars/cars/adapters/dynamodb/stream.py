"""The events table's stream, as commits."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from cars.adapters.dynamodb.commit_item import CorruptItem, read_commit
from cars.application.publishing import CarCommit, SetAside


def read_commits(records: Iterable[dict[str, Any]], rejects: SetAside) -> Iterator[CarCommit]:
    """Read the commits that were inserted, in order; an item that is no commit is set aside, and the rest go on.

    Raises UnknownEvent where newer code wrote one: it must wait for newer code here.
    """
    for record in records:
        if record["eventName"] != "INSERT":
            continue
        change = record["dynamodb"]
        try:
            yield read_commit(change.get("NewImage", {}))
        except CorruptItem as corrupt:
            key = change["Keys"]
            rejects.set_aside(key["carId"]["S"], int(Decimal(key["version"]["N"])), str(corrupt))
