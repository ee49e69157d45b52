"""What `make generated` writes of any resource: files of its own, which fit together."""

import json
from pathlib import Path

import pytest

from examples.accounts.accounts import ACCOUNTS
from resources.cars import CARS
from tests.laws.carts import CARTS
from tests.support import tutorial
from tests.support.accounts import ACCOUNTS as OTHER_ACCOUNTS
from tools.generate.__main__ import main
from tools.generate.events.files import event_files
from trigger_pattern.aws.dynamodb.commit_item import read_commit
from trigger_pattern.aws.messaging.command_message import read_command
from trigger_pattern.definition.life import root_of
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Context, Refused
from trigger_pattern_testing.scenario import decide

WRITES = ("post-account", "put-account", "delete-account", "post-bad-account")
READS = ("get-account", "get-events-of-account", "get-command-of-account", "list-accounts", "post-to-account")
MESSAGES = ("create-account", "update-account", "redelivered-duplicate", "poison-message")
PUBLISHED = ("one-insert", "several-accounts", "modify-and-remove", "corrupt-image")

CONFERENCES = tutorial.resource(tutorial.module())
every_resource = pytest.mark.parametrize(
    "resource", [CARS, ACCOUNTS, OTHER_ACCOUNTS, CARTS, CONFERENCES], ids=lambda resource: resource.plural
)


def test_another_resource_gets_files_of_its_own_and_those_of_cars_stay(tmp_path: Path) -> None:
    assert main((CARS,), tmp_path) == 0
    before = texts(tmp_path)
    assert main((CARS, ACCOUNTS), tmp_path) == 0
    after = texts(tmp_path)
    assert {file for file in before if before[file] != after[file]} == {"functions/query_api/asyncapi.yaml"}
    assert after.keys() - before.keys() == {
        "tests/contract/fold_corpora/accounts.json",
        *(f"events/CommandApi/{name}.json" for name in WRITES),
        *(f"events/QueryApi/{name}.json" for name in READS),
        *(f"events/AccountCommandHandler/{name}.json" for name in MESSAGES),
        *(f"events/AccountEventBroadcaster/{name}.json" for name in PUBLISHED),
        *(f"events/AccountProjector/{name}.json" for name in (*PUBLISHED, "deletion", "state-of-another-fold")),
    }


def texts(folder: Path) -> dict[str, str]:
    """Return what the command wrote, by the files' names."""
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


@every_resource
def test_what_the_handler_makes_of_the_messages_is_in_the_streams_records(resource: AnyResource) -> None:
    files = event_files(resource, Path())
    events = {str(file.with_suffix("")): json.loads(text) for file, text in files.items()}
    state, handler = root_of(resource).zero, f"{resource.kind}CommandHandler"
    records = events[f"{resource.kind}Projector/several-{resource.plural}"]["Records"]
    for case, record in zip((f"create-{resource.name}", f"update-{resource.name}"), records, strict=False):
        commit = read_commit(resource, record["dynamodb"]["NewImage"])
        command = read_command(resource, events[f"{handler}/{case}"]["Records"][0]["body"])
        decided = decide(resource, state, command.request, Context(command.aggregate_id, command.issued_at, ""))
        assert not isinstance(decided, Refused)
        assert (decided.events, decided.state) == (commit.events, commit.state)
        assert (command.command_id, command.aggregate_id) == (commit.command_id, commit.aggregate_id)
        state = decided.state
