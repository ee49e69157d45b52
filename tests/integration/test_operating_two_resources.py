"""The operator's commands work on the tables and queues of the resource that they are called for."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from resources.cars import CARS, Color, ColorChanged
from tests.support.accounts import ACCOUNTS, Opened, Status, StatusChanged, account
from tests.support.aws import REGION, Aws
from tests.support.cars import car_created
from tests.support.commits import another_car, commits_of
from tools.ops.__main__ import command_line
from tools.stack import Pipeline, Stack
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.definition.resource import AnyResource

LINE = command_line((CARS, ACCOUNTS))
CAR, ACCOUNT = another_car(1), another_car(2)
OF_THE_CAR = commits_of([car_created()], [ColorChanged(Color.RED)], car_id=CAR)
OF_THE_ACCOUNT = commits_of([Opened(account())], [StatusChanged(Status.FROZEN)], car_id=ACCOUNT, resource=ACCOUNTS)


@pytest.fixture
def stack(aws: Aws) -> Stack:
    """A stack of both resources, with a car and an account in it, whose views are empty."""
    parts = {resource.name: part_of(resource, aws) for resource in (CARS, ACCOUNTS)}
    for resource, commits in ((CARS, OF_THE_CAR), (ACCOUNTS, OF_THE_ACCOUNT)):
        for commit in commits:
            aws.dynamodb.put_item(TableName=parts[resource.name].events_table, Item=write_commit(resource, commit))
    return Stack("https://api", "", REGION, "fifo", {}, parts)


def part_of(resource: AnyResource, aws: Aws) -> Pipeline:
    def table(name: str, *keys: tuple[str, Any]) -> str:
        kinds: tuple[Any, ...] = ("HASH", "RANGE")
        aws.dynamodb.create_table(
            TableName=f"{resource.kind}{name}",
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": of} for key, of in keys],
            KeySchema=[{"AttributeName": key, "KeyType": kind} for (key, _), kind in zip(keys, kinds, strict=False)],
        )
        return f"{resource.kind}{name}"

    def queue(name: str) -> str:
        return aws.sqs.create_queue(QueueName=f"{resource.kind}{name}")["QueueUrl"]

    return Pipeline(
        events_table=table("Events", (resource.id, "S"), ("version", "N")),
        outcomes_table="",
        view_table=table("View", (resource.id, "S")),
        tickets_table="",
        commands_queue_url="",
        commands_dlq_url=queue("Commands"),
        broadcast_dlq_url=queue("Broadcast"),
        projector_dlq_url=queue("Projector"),
        events_topic_arn="",
        event_source="",
        functions={},
    )


@pytest.fixture
def file(stack: Stack, tmp_path: Path) -> Path:
    stack.write(tmp_path / "stack.json")
    return tmp_path / "stack.json"


def run(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(LINE, [*arguments, "--stack-file", str(file)])


def test_a_life_is_read_from_the_table_of_its_resource(file: Path) -> None:
    told = json.loads(run(file, "accounts", "history", ACCOUNT, "--json").stdout)
    assert (told["accountId"], told["version"], told["account"]["status"]) == (ACCOUNT, 2, "frozen")
    told = json.loads(run(file, "cars", "history", CAR, "--json").stdout)
    assert (told["carId"], told["version"], told["car"]["color"]) == (CAR, 2, "red")


def test_there_is_no_life_of_one_resource_in_the_table_of_another(file: Path) -> None:
    assert f"There never was an account {CAR} in AccountEvents." in run(file, "accounts", "history", CAR).stderr
    assert f"There never was a car {ACCOUNT} in CarEvents." in run(file, "cars", "history", ACCOUNT).stderr


def test_a_rebuild_fills_the_view_of_its_resource_and_no_other(aws: Aws, stack: Stack, file: Path) -> None:
    # one segment, for moto knows no others
    done = run(file, "accounts", "rebuild-view", "--segments", "1", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["accounts"] == 1
    (viewed,) = aws.dynamodb.scan(TableName=stack.of("account").view_table)["Items"]
    assert (viewed["accountId"], viewed["version"]) == ({"S": ACCOUNT}, {"N": "2"})
    assert aws.dynamodb.scan(TableName=stack.of("car").view_table)["Items"] == []


def test_dead_letters_are_those_of_the_resource(aws: Aws, stack: Stack, file: Path) -> None:
    letter = json.dumps({"accountId": ACCOUNT, "version": 1, "reason": "too large"})
    aws.sqs.send_message(QueueUrl=stack.of("account").projector_dlq_url, MessageBody=letter)
    assert json.loads(run(file, "accounts", "dlq", "list", "--json").stdout)["projector"] == 1
    assert json.loads(run(file, "cars", "dlq", "list", "--json").stdout)["projector"] == 0


def test_a_stack_without_the_resource_says_so(stack: Stack, tmp_path: Path) -> None:
    file = tmp_path / "stack.json"
    replace(stack, pipelines={"car": stack.of("car")}).write(file)
    done = run(file, "accounts", "verify")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "is no account registry" in done.stderr
    assert run(file, "cars", "dlq", "list").exit_code == 0
