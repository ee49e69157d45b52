"""Breaks of the tables: events, outcomes and the view."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from tests.simulation.mutation.mutation import Original, mutates
from trigger_pattern.application.commits import DecodedCommit, StoredCommit, StoredState
from trigger_pattern.application.projecting import Viewed
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.dynamodb.outcomes import DynamoDbOutcomes
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.stored import StoredEvent

DYNAMODB = "trigger_pattern.aws.dynamodb"
STORE = f"{DYNAMODB}.event_store.DynamoDbEventStore"
LOST = "nothing accepted is lost"
VIEW_GOES_BACK = "the view never goes back and shows whole commits"
READER_GOES_BACK = "a reader sees whole commits and never goes back"


@mutates(f"{STORE}.try_append", breaks="a commit never changes")
def no_condition_on_the_put(_original: Original, self: DynamoDbEventStore, commit: DecodedCommit) -> bool:
    self.client.put_item(TableName=self.table, Item=write_commit(self.resource, commit), ConditionExpression="")
    return True


@mutates(f"{STORE}.try_append", breaks=LOST)
def a_lost_race_is_a_success(original: Original, self: DynamoDbEventStore, commit: DecodedCommit) -> bool:
    original(self, commit)
    return True


@mutates(f"{STORE}.try_append", breaks=LOST)
def a_write_without_an_answer_is_a_success(original: Original, self: DynamoDbEventStore, commit: DecodedCommit) -> bool:
    try:
        return bool(original(self, commit))
    except OSError:
        return True


@mutates(f"{STORE}._read", breaks=READER_GOES_BACK)
def stale_reads_of_the_events(
    original: Original, self: DynamoDbEventStore, *arguments: object, **named: object
) -> object:
    client: Any = SimpleNamespace(query=_stale(self.client.query))
    return original(replace(self, client=client), *arguments, **named)


@mutates(f"{DYNAMODB}.outcomes.DynamoDbOutcomes.find", breaks="a status is returned as soon as it is stored")
def stale_reads_of_the_outcomes(original: Original, self: DynamoDbOutcomes, command_id: str) -> object:
    client: Any = SimpleNamespace(get_item=_stale(self.client.get_item))
    return original(replace(self, client=client), command_id)


@mutates(f"{DYNAMODB}.event_store.write_commit", breaks="versions are gapless")
def the_key_of_a_commit_is_its_last_version(
    original: Original, resource: AnyResource, commit: DecodedCommit
) -> dict[str, Any]:
    return {**original(resource, commit), "version": {"N": str(commit.last_version)}}


@mutates(f"{DYNAMODB}.commit_item.snapshot", breaks=READER_GOES_BACK)
def the_version_of_the_fold_is_ignored(original: Original, resource: AnyResource, stored: StoredCommit) -> object:
    fields: Mapping[str, Any] = stored.state.fields if stored.state else {}
    return original(resource, replace(stored, state=StoredState(resource.fold_version, fields)))


@mutates(f"{DYNAMODB}.view.view_item", breaks=VIEW_GOES_BACK)
def no_tombstones(original: Original, resource: AnyResource, viewed: Viewed) -> dict[str, Any]:
    return original(resource, viewed if viewed.value else replace(viewed, version=0))  # type: ignore[no-any-return]


@mutates(f"{DYNAMODB}.view.unless_newer", breaks=VIEW_GOES_BACK)
def the_view_takes_an_older_version(original: Original, resource: AnyResource) -> str:
    return f"{original(resource)} OR version > :version"


def _stale(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return a read that is only eventually consistent."""

    def call(**asked: Any) -> Any:
        return read(**{**asked, "ConsistentRead": False})

    return call


@mutates(f"{DYNAMODB}.commit_item.write_event", breaks="a commit is what its command means", resource="account")
def an_event_loses_what_was_set(original: Original, resource: AnyResource, event: object) -> StoredEvent:
    written: StoredEvent = original(resource, event)
    optional = {"nickname": None} if "nickname" in written["data"] else {}
    return {**written, "data": {**written["data"], **optional}}
