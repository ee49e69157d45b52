"""Commands through the whole pipeline: HTTP, queue, handler, events table, stream, topic, subscriber."""

import json
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.cars import ANOTHER_OWNER, representation
from tests.support.pipeline import PATIENCE, Pipeline, eventually
from tools.local.emulator import log_file
from tools.subscriber import Subscriber


def test_every_event_of_many_cars_arrives_once_in_order_and_without_gaps(
    pipeline: Pipeline, subscriber: Subscriber
) -> None:
    cars, changes = 20, 20

    def drive(number: int) -> str:
        car_id = pipeline.create(mileage=number)
        accepted = [pipeline.client.accepted("PUT", f"/cars/{car_id}", change) for change in bodies(number)]
        assert {pipeline.client.outcome(command)["status"] for command in accepted} == {"succeeded"}
        return car_id

    def bodies(number: int) -> list[dict[str, object]]:
        colors = ("red", "black")
        return [
            representation(mileage=number + change, color=colors[change % 2], owner=str(ANOTHER_OWNER))
            for change in range(1, changes + 1)
        ]

    with ThreadPoolExecutor(8) as threads:
        car_ids = list(threads.map(drive, range(cars)))
    sizes = {car_id: len(pipeline.event_types(car_id)) for car_id in car_ids}
    heard: dict[str, list[int]] = defaultdict(list)
    for received in subscriber.take(sum(sizes.values()), PATIENCE):
        assert received.group == received.event["subject"]
        heard[received.group].append(received.event["carversion"])
    assert heard == {car_id: list(range(1, size + 1)) for car_id, size in sizes.items()}
    assert min(sizes.values()) == 1 + 2 * changes
    assert not list(subscriber.events(seconds=1))


def test_an_event_is_what_the_contract_says(pipeline: Pipeline, subscriber: Subscriber) -> None:
    car_id = pipeline.create()
    [received] = subscriber.take(1, PATIENCE)
    commit = pipeline.commits(car_id)[0]
    assert received.event == {
        "specversion": "1.0",
        "id": f"{car_id}/1",
        "source": "tag:example.com,2026:cars/cars-local",
        "type": "com.example.car.Created",
        "subject": car_id,
        "time": commit["occurredAt"]["S"],
        "datacontenttype": "application/json",
        "dataschema": "tag:example.com,2026:schemas/cars/Created/1",
        "sequence": "0000000001",
        "carversion": 1,
        "correlationid": commit["correlationId"]["S"],
        "commandid": commit["commandId"]["S"],
        "data": representation(),
    }
    assert received.attributes == {"type": "Created", "carId": car_id, "version": "1", "make": "BMW"}
    headers = {"Accept": "application/cloudevents-batch+json"}
    batch = pipeline.client.request("GET", f"/cars/{car_id}/events", headers=headers)
    assert (batch.json(), batch.headers["content-type"]) == ([received.event], headers["Accept"])


def test_a_refused_command_leaves_no_event_and_tells_why(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    outcome = pipeline.put(car_id, color="red", mileage=1)
    assert outcome["status"] == "refused"
    assert [error["code"] for error in outcome["errors"]] == ["mileage-not-greater"]
    assert pipeline.event_types(car_id) == ["Created"]


def test_a_deleted_car_is_gone_but_its_history_is_not(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    deleted = pipeline.client.accepted("DELETE", f"/cars/{car_id}")
    assert pipeline.client.outcome(deleted)["status"] == "succeeded"
    assert pipeline.client.request("GET", f"/cars/{car_id}").status_code == 410
    assert pipeline.event_types(car_id) == ["Created", "Deleted"]


def test_a_message_sent_twice_takes_effect_once(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    message = pipeline.message(car_id, color="red")
    pipeline.send(car_id, json.dumps(message))
    pipeline.send(car_id, json.dumps(message))
    assert pipeline.put(car_id, color="blue")["status"] == "succeeded"
    assert pipeline.event_types(car_id) == ["Created", "ColorChanged", "ColorChanged"]


def test_a_redelivered_old_command_does_not_revert_a_newer_one(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    old = pipeline.message(car_id, color="red")
    pipeline.send(car_id, json.dumps(old))
    assert pipeline.outcome_of(old)["status"] == "succeeded"
    applied = pipeline.commits(car_id)[-1]
    pipeline.put(car_id, color="blue")
    pipeline.redeliver(old, applied["queue"]["S"], applied["sequence"]["S"])
    assert pipeline.car(car_id)["color"] == "blue"
    assert pipeline.outcome_of(old) == {**pipeline.outcome_of(old), "status": "succeeded", "version": 2}


def test_a_command_that_comes_back_late_as_a_new_message_does_not_revert_a_newer_one(pipeline: Pipeline) -> None:
    car_id = pipeline.create()
    pipeline.put(car_id, color="blue")
    late = pipeline.message(car_id, issued_at=datetime.now(UTC) - timedelta(minutes=1), color="red")
    pipeline.send(car_id, json.dumps(late))
    assert [error["code"] for error in pipeline.outcome_of(late)["errors"]] == ["superseded"]
    assert pipeline.car(car_id)["color"] == "blue"


@pytest.mark.parametrize("poison", ["{not json", '{"type":"PaintCar"}', '{"commandId":"\\u00e9\\n"}'])
def test_poison_in_the_middle_of_a_cars_commands_is_set_aside_and_blocks_nobody(
    pipeline: Pipeline, poison: str
) -> None:
    car_id = pipeline.create()
    before, after = pipeline.message(car_id, color="red"), pipeline.message(car_id, color="blue")
    for body in (json.dumps(before), poison, json.dumps(after)):
        pipeline.send(car_id, body)
    assert pipeline.outcome_of(after)["status"] == "succeeded"
    assert pipeline.event_types(car_id) == ["Created", "ColorChanged", "ColorChanged"]
    [letter] = pipeline.dead_letters()
    assert letter["Body"] == poison
    assert letter["MessageAttributes"]["Reason"]["StringValue"]


def test_a_lasting_fault_holds_up_its_car_alone_and_dead_letters_nothing(pipeline: Pipeline) -> None:
    stack, dynamodb = pipeline.stack, pipeline.dynamodb
    stuck, healthy = pipeline.create(), pipeline.create()
    broken = {"carId": {"S": stuck}, "version": {"N": "2"}, "events": {"S": "not a commit"}}
    dynamodb.put_item(TableName=stack.of("car").events_table, Item=broken)

    waiting = [pipeline.client.accepted("PUT", f"/cars/{stuck}", representation(mileage=20_000 + n)) for n in range(5)]
    try:
        assert pipeline.put(healthy, color="red")["status"] == "succeeded"
        eventually(lambda: _receives(pipeline, waiting[0]["commandId"]) >= 3)  # after 2 and 4 seconds
        statuses = {pipeline.client.request("GET", command["command"]).status_code for command in waiting}
        assert statuses == {500}
    finally:
        dynamodb.delete_item(
            TableName=stack.of("car").events_table, Key={"carId": broken["carId"], "version": broken["version"]}
        )
    assert [pipeline.client.outcome(command)["version"] for command in waiting] == [2, 3, 4, 5, 6]
    assert pipeline.dead_letters() == []


def _receives(pipeline: Pipeline, command_id: str) -> int:
    """Count the times that the command handler logged the fault of a command."""
    log = log_file(pipeline.stack.port).read_text()
    return sum("a command failed" in line and command_id in line for line in log.splitlines())
