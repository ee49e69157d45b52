"""A batch of the command handler: what one message does to the others, and where each ends."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from resources.cars import Color, ColorChanged, MileageChanged
from tests.support.aws import Aws
from tests.support.batches import MAX_RECEIVES, SPARE, Handling, intruder
from tests.support.cars import CAR_ID, NOW, car_created
from tests.support.commits import another_car
from tests.support.messages import create, message, message_id, sqs_record, update
from trigger_pattern.application.outcomes import Status
from trigger_pattern.aws.messaging.command_batch import UNTRACED

OTHER = another_car(1)
POISON = "this is no command"


@pytest.fixture
def handling(aws: Aws) -> Handling:
    return Handling.on(aws)


def test_a_cars_commands_take_effect_in_order(handling: Handling) -> None:
    again = handling.handle(
        message(1, create()), message(2, update(color="red")), message(3, update(color="red", mileage=15_000))
    )
    assert again == []
    assert handling.events() == [car_created(), ColorChanged(Color.RED), MileageChanged(15_000)]


def test_after_a_fault_its_message_and_those_behind_it_are_delivered_again(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    with handling.requests() as requests:
        again = handling.handle(message(1, create()), message(2, update(color="red")))
    assert (again, requests) == ([message_id(1), message_id(2)], []), "the second message is not even tried"


def test_the_other_cars_go_on(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    again = handling.handle(
        message(1, create(OTHER)),
        message(2, create()),
        message(3, update(OTHER, color="red")),
        message(4, update(color="red")),
        message(5, update(OTHER, color="red", mileage=15_000)),
    )
    assert again == [message_id(2), message_id(4)]
    assert len(handling.events(OTHER)) == 3


def test_what_was_done_before_a_fault_stays_done(handling: Handling) -> None:
    handling.handle(message(1, create()))
    handling.store.broken_cars.add(CAR_ID)
    handling.handle(message(2, update(color="red")))
    handling.store.broken_cars.clear()
    assert handling.handle(message(2, update(color="red"), receives=2)) == []
    assert handling.events() == [car_created(), ColorChanged(Color.RED)]


def test_a_command_put_on_the_queue_once_more_takes_no_second_effect(handling: Handling) -> None:
    red = message(2, update(color="red"))
    handling.handle(message(1, create()), red, message(3, update(color="blue")))
    assert handling.handle(sqs_record(red["body"], number=4)) == []
    assert handling.events()[-1] == ColorChanged(Color.BLUE)


def test_poison_is_acknowledged_and_set_aside_with_its_reason(handling: Handling) -> None:
    assert handling.handle(sqs_record(POISON)) == []
    assert handling.dead() == [(POISON, "no JSON")]


def test_poison_in_the_middle_holds_nobody_up(handling: Handling) -> None:
    again = handling.handle(message(1, create()), sqs_record(POISON, number=2), message(3, update(color="red")))
    assert again == []
    assert handling.events() == [car_created(), ColorChanged(Color.RED)]


@pytest.mark.parametrize("body", ["{}", "null", "[" * 5_000, "x" * 200_000, "ümlaut", '{"type": "PaintCar"}'])
def test_poison_is_kept_as_it_came(handling: Handling, body: str) -> None:
    handling.handle(sqs_record(body))
    assert [kept for kept, _ in handling.dead()] == [body]


def test_poison_that_cannot_be_set_aside_is_delivered_again(aws: Aws, handling: Handling) -> None:
    aws.sqs.delete_queue(QueueUrl=handling.dead_letters.url)
    assert handling.handle(sqs_record(POISON)) == [message_id(1)]


def test_a_command_with_an_invalid_representation_is_a_refusal_and_no_poison(handling: Handling) -> None:
    assert handling.handle(message(1, create(color="pink"))) == []
    assert handling.dead() == []
    outcome = handling.outcome(1)
    assert outcome
    assert (outcome.status, [reason.pointer for reason in outcome.reasons]) == (Status.REFUSED, ["/color"])


@pytest.mark.parametrize("receives", [1, MAX_RECEIVES - SPARE - 1])
def test_a_fault_before_the_last_deliveries_leaves_the_message_on_the_queue(handling: Handling, receives: int) -> None:
    handling.store.broken_cars.add(CAR_ID)
    assert handling.handle(message(1, create(), receives)) == [message_id(1)]
    assert handling.dead() == []
    assert handling.outcome(1) is None


@pytest.mark.parametrize("receives", [MAX_RECEIVES - SPARE, MAX_RECEIVES - 1, MAX_RECEIVES, MAX_RECEIVES + 1])
def test_a_fault_at_one_of_the_last_deliveries_sets_the_message_aside(handling: Handling, receives: int) -> None:
    handling.store.broken_cars.add(CAR_ID)
    last = message(1, create(), receives)
    assert handling.handle(last) == []
    assert handling.dead() == [(last["body"], f"Outage after {receives} deliveries")]
    outcome = handling.outcome(1)
    assert outcome
    assert (outcome.aggregate_id, outcome.status) == (CAR_ID, Status.FAILED)


@pytest.mark.parametrize(("days", "receives"), [(1, 500), (3, 1)])
def test_a_fault_is_waited_out_for_two_days_and_one_delivery(handling: Handling, days: int, receives: int) -> None:
    handling.store.broken_cars.add(CAR_ID)
    assert handling.handle(message(1, create(), receives), now=NOW + timedelta(days=days)) == [message_id(1)]
    assert handling.dead() == []


def test_what_waited_too_long_behind_others_goes_in_one_invocation(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    waited = [
        message(1, create(), 2),
        *(message(number, update(mileage=20_000 + number), 2) for number in range(2, 11)),
    ]
    assert handling.handle(*waited, now=NOW + timedelta(days=3)) == []
    assert [body for body, _ in handling.dead()] == [record["body"] for record in waited]


@pytest.mark.parametrize(("receives", "seconds"), [(1, 2), (2, 4), (3, 8), (7, 128), (8, 180), (400, 180)])
def test_the_pauses_between_the_deliveries_of_a_failing_message_grow(
    handling: Handling, receives: int, seconds: int
) -> None:
    handling.store.broken_cars.add(CAR_ID)
    failing = message(1, create(), receives)
    handling.handle(failing)
    assert handling.comes_again_in == {failing["receiptHandle"]: seconds}


def test_the_messages_behind_a_failing_one_come_again_together_with_it(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    first, second = message(1, create(), 3), message(2, update(color="red"), 1)
    handling.handle(first, message(3, create(OTHER)), second)
    assert handling.comes_again_in == {first["receiptHandle"]: 8, second["receiptHandle"]: 8}


def test_what_there_was_no_time_for_comes_again_at_once(handling: Handling) -> None:
    untried = message(1, create())
    assert handling.handle(untried, milliseconds=100) == [message_id(1)]
    assert handling.comes_again_in == {untried["receiptHandle"]: 0}


@pytest.mark.parametrize(("seconds", "stuck"), [(30, False), (90, True)])
def test_a_car_is_stuck_once_its_first_message_failed_for_a_minute(
    handling: Handling, seconds: int, *, stuck: bool
) -> None:
    handling.store.broken_cars.add(CAR_ID)
    handling.handle(message(1, create()), now=NOW + timedelta(seconds=seconds))
    assert handling.stuck.has(CAR_ID) is stuck


def test_a_command_behind_later_ones_of_which_there_is_no_trace_is_dead_lettered(
    handling: Handling, capsys: pytest.CaptureFixture[str]
) -> None:
    handling.handle(message(5, create()))
    lost = message(3, update(color="red"))
    assert handling.handle(lost) == []
    assert handling.dead() == [(lost["body"], UNTRACED)]
    assert json.loads(capsys.readouterr().out)["UntracedCommands"] == [1.0]


def test_a_refused_command_behind_later_ones_is_a_duplicate(handling: Handling) -> None:
    handling.handle(message(1, create()), refused := message(3, update(mileage=1)), message(5, update(color="red")))
    assert handling.handle(refused) == []
    assert handling.dead() == []


def test_the_messages_behind_it_get_their_turn(handling: Handling) -> None:
    corrupt = {"carId": {"S": CAR_ID}, "version": {"N": "1"}}
    handling.aws.dynamodb.put_item(TableName=handling.store.table, Item=corrupt)
    again = handling.handle(message(1, create(), MAX_RECEIVES), message(2, create(OTHER), MAX_RECEIVES))
    assert again == []
    assert handling.events(OTHER) == [car_created()]


def test_one_of_the_same_car_behind_it_is_tried(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    again = handling.handle(message(1, create(), MAX_RECEIVES), message(2, update(color="red"), 1))
    assert again == [message_id(2)]
    assert len(handling.dead()) == 1


def poison_with_ids(receives: int) -> dict[str, Any]:
    """Make a message that is no command, of which a client may ask what became of it."""
    record = message(1, create(), receives)
    return {**record, "body": json.dumps({**json.loads(record["body"]), "actor": 1})}


def test_an_outage_of_the_outcomes_hands_back_nothing_at_the_last_delivery(handling: Handling) -> None:
    handling.aws.dynamodb.delete_table(TableName=handling.outcomes.table)
    assert handling.handle(poison_with_ids(MAX_RECEIVES)) == []
    assert len(handling.dead()) == 1


def test_what_was_set_aside_without_its_outcome_comes_again_while_it_can(handling: Handling) -> None:
    handling.aws.dynamodb.delete_table(TableName=handling.outcomes.table)
    assert handling.handle(poison_with_ids(1)) == [message_id(1)]
    handling.aws.create_table("CarOutcomesTable")
    assert handling.handle(poison_with_ids(2)) == []
    assert len(handling.dead()) == 1
    outcome = handling.outcome(1)
    assert outcome
    assert outcome.status is Status.FAILED


@pytest.mark.parametrize(
    ("expected_version", "status"), [(2, Status.REFUSED), (None, Status.UNCHANGED)], ids=["refused", "unchanged"]
)
def test_what_was_decided_stays_when_the_message_comes_again_to_another_car(
    handling: Handling, expected_version: int | None, status: Status
) -> None:
    """As when two queues, or two versions of the code, take turns: now it would be applied."""
    handling.handle(message(1, create()))
    record = message(2, update())
    if expected_version:
        changed: dict[str, Any] = {**json.loads(record["body"]), "expectedVersion": expected_version}
        changed["representation"]["color"] = "blue"
        record["body"] = json.dumps(changed)
    handling.handle(record)
    created = handling.store.head(CAR_ID)
    assert created
    assert handling.store.try_append(intruder(ColorChanged(Color.RED))(replace(created, version=2)))
    record["attributes"]["ApproximateReceiveCount"] = "2"
    assert handling.handle(record) == []
    outcome = handling.outcome(2)
    assert outcome
    assert outcome.status is status
    assert handling.events() == [car_created(), ColorChanged(Color.RED)]


def test_what_has_failed_is_tried_again_when_it_was_redriven(handling: Handling) -> None:
    handling.store.broken_cars.add(CAR_ID)
    handling.handle(message(1, create(), MAX_RECEIVES))
    handling.store.broken_cars.clear()
    handling.handle(message(1, create(), receives=2))
    assert len(handling.events()) == 1


def test_a_command_of_an_unknown_type_stays_on_the_queue(handling: Handling) -> None:
    newer = message(1, create())
    newer["body"] = newer["body"].replace("CreateCar", "PaintCar")
    assert handling.handle(newer) == [message_id(1)]
    assert handling.dead() == []


@pytest.mark.parametrize(
    ("attribute", "value", "reason"),
    [
        ("MessageGroupId", OTHER, "the message group is not the car's id"),
        ("SequenceNumber", None, "no sequence number: not from a FIFO queue"),
    ],
)
def test_a_message_without_a_place_among_its_cars_is_set_aside(
    handling: Handling, attribute: str, value: str | None, reason: str
) -> None:
    stray = message(9, create())
    stray["attributes"][attribute] = value
    assert handling.handle(stray) == []
    assert handling.dead() == [(stray["body"], reason)]
    assert handling.handle(message(1, create())) == []
    assert handling.events() == [car_created()]


def test_poison_whose_ids_can_be_read_has_failed(handling: Handling) -> None:
    poison = message(1, create())
    poison["body"] = poison["body"].replace('"representation":', '"representing":')
    assert handling.handle(poison) == []
    outcome = handling.outcome(1)
    assert outcome
    assert outcome.status is Status.FAILED


def test_what_there_is_no_time_for_goes_back_to_the_queue_even_at_its_last_delivery(handling: Handling) -> None:
    handed_back = handling.handle(message(1, create(), MAX_RECEIVES), milliseconds=1000)
    assert (handed_back, handling.dead(), handling.events()) == ([message_id(1)], [], [])
