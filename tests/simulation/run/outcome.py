"""What is promised for the end, when faults have ceased and everything has drained; each name is the promise."""

import json
from collections.abc import Collection

from tests.simulation.reference import GONE
from tests.simulation.run.books import Books, Request
from tests.simulation.run.broken import Faults
from tests.simulation.run.reading import FINAL, is_far_off
from tests.simulation.run.stage import Stage
from tests.simulation.run.truth import Commit, Truth, plain_value
from tests.simulation.world.aws import World
from tests.simulation.world.queue import Queue
from tests.support.http import Answer


def nothing_accepted_is_lost(stage: Stage, command_id: str, commit: Commit | None, answer: Answer | None) -> Faults:
    """Each command that was answered with 202 is committed, unchanged, refused, or set aside with a reason."""
    letters = [letter for letter in stage.world.commands_dlq.messages if f'"commandId":"{command_id}"' in letter.body]
    decided = stage.books.decided.get(command_id)
    if not commit and decided not in FINAL and not letters:
        yield f"{command_id} left no trace"
    if letters and not any("Reason" in letter.attributes for letter in letters):
        yield f"{command_id} was set aside without a reason"
    told = answer.body["status"] if answer and answer.status == 200 else None
    expected = "succeeded" if commit else decided
    if told is not None and told != expected and not is_far_off(stage.books, command_id):
        yield f"{command_id} is told to be {told}, but is {expected}"


def a_car_never_waits_for_one_that_has_a_fault(world: World, stuck: Collection[str]) -> Faults:
    """While nothing can be done for one car, all commands of the others are done."""
    for queue in world.queues.values():
        left = [message.body for message in queue.messages if queue.max_receives and message.group not in stuck]
        if left:
            yield f"{left} wait, though only {stuck} are stuck"


def requests_with_one_key_are_one_request(request: Request, truth: Truth) -> Faults:
    """One command, one car and one effect, however often the request was sent."""
    if not request.has_key:
        return
    told = [answer.body for answer in request.answers if answer and answer.status == 202]
    if len({(body["carId"], body["commandId"]) for body in told}) > 1:
        yield f"{request} was answered {told}"
    commits = [commit for car in truth.cars.values() for commit in car.commits]
    effects = [commit for commit in commits if commit.correlation_id == request.correlation_id]
    if len(effects) > 1:
        yield f"{request} had the effects {effects}"


def poison_is_set_aside_as_it_came(world: World, books: Books) -> Faults:
    """What is no command ends in the dead-letter queue, byte for byte and with a reason."""
    letters = {letter.body: letter.attributes for letter in world.commands_dlq.messages}
    for body in books.poison:
        if "Reason" not in letters.get(body, {}):
            yield f"{body} is not, or without a reason, among {letters}"


def the_view_ends_equal_to_the_fold(world: World, truth: Truth) -> Faults:
    """Each car as it is in the end, a deleted one as no more than its version."""
    aside = _cars_set_aside(world.projector_dlq)
    view = {item["carId"]["S"]: item for item in world.tables["CarsViewTable"].items()}
    for car_id, car in truth.cars.items():
        if not car.commits or aside is None or car_id in aside:
            continue
        item = {name: plain_value(value) for name, value in view.get(car_id, {}).items()}
        gone = car.cars[-1] is GONE
        expected = {"deleted": True} if gone else dict(car.cars[-1] or {})
        found = {name: item.get(name) for name in expected}
        if item.get("version") != car.version or found != expected or (gone and len(item) != 3):
            yield f"{item}, but {car_id} is {expected} in version {car.version}"


def a_follower_ends_with_the_history(stage: Stage) -> Faults:
    """Who follows the contract ends with the table's history; what could not be sent is known to be so."""
    aside = _cars_set_aside(stage.world.broadcast_dlq)
    for car_id, car in stage.truth.cars.items():
        if aside is None or car_id in aside:
            stage.follower.catch_up(car_id, stage.get)
        taken = stage.follower.taken[car_id]
        if taken != car.events():
            yield f"{taken}, but {car_id} has {car.events()}"


def _cars_set_aside(queue: Queue) -> set[str] | None:
    """Give the cars of which something was set aside; None where Lambda gave up on a place in the stream."""
    letters = [json.loads(message.body) for message in queue.messages]
    return None if any("carId" not in letter for letter in letters) else {letter["carId"] for letter in letters}
