"""Every call that a function makes is allowed by its role, and every right of a role is needed by some call.

The rights that Lambda itself needs, for the log, the stream and the queue, are in the table of the template's roles.
"""

from collections.abc import Iterator

import pytest

from tests.contract.stored_commits import CHANGING
from tests.contract.template.test_roles import LOG, QUEUE, RIGHTS, STREAM
from tests.simulation.run.simulation import Case, simulate
from tests.simulation.world.aws import World
from tests.simulation.world.faults import Call
from tests.simulation.world.functions import Function
from tests.simulation.world.host import Host
from tests.support.aws import stream_record
from tests.support.cars import CAR_ID, OWNER
from tests.support.http import request

SEEDS = 30
FOR_LAMBDA = {*LOG, *QUEUE, *STREAM, "dynamodb:ListStreams"}
LISTS = (f"owner={OWNER}", "vin=1FMYU02Z97KA58812", "make=BMW&model=M3", "make=BMW&model=M3&color=red")

Right = tuple[str, str, str]
"""A function, an action, and a resource."""


@pytest.fixture(scope="module")
def used() -> set[Right]:
    """What the functions ask of AWS in many runs, and in what does not happen in these."""
    calls: list[tuple[str, World, Call]] = []
    send = Host.send

    def record(host: Host, call: Call, *others: object) -> object:
        calls.append((host.name.split()[0], host.world, call))  # read afterwards: the code may catch what this raises
        return send(host, call, *others)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Host, "send", record)
        for seed in range(SEEDS):
            simulate(Case(seed))
        _ask_for_lists()
        _stream_what_nobody_can_read()
    return {right for function, world, call in calls for right in _rights(function, world, call)}


def _ask_for_lists() -> None:
    world = World()
    Function("CarProjector", world).invoke({"Records": [stream_record(CHANGING.items[0])]})
    function = Function("QueryApi", world)
    for query in LISTS:
        assert function.invoke(request("GET", "/cars", query=query))["statusCode"] == 200


def _stream_what_nobody_can_read() -> None:
    corrupt = {"carId": {"S": str(CAR_ID)}, "version": {"N": "1"}}
    without_a_make = {**CHANGING.items[1], "state": {"NULL": True}}
    for name in ("CarEventBroadcaster", "CarProjector"):
        Function(name, World()).invoke({"Records": [stream_record(corrupt), stream_record(without_a_make)]})


def _rights(function: str, world: World, call: Call) -> Iterator[Right]:
    action = f"{call.service}:{call.operation.removesuffix('Batch')}"
    return ((function, action, resource) for resource in _resources(world, call))


def _resources(world: World, call: Call) -> list[str]:
    asked = call.parameters
    if "RequestItems" in asked:
        return list(asked["RequestItems"])
    if "TableName" in asked:
        return [f"{asked['TableName']}/index/*" if "IndexName" in asked else asked["TableName"]]
    name = asked.get("QueueUrl") or asked["TopicArn"]
    commands = {url: "CarCommandsQueue" for url, queue in world.queues.items() if "CarCommandsQueue" in queue.name}
    return [(commands | {reference: resource for resource, reference in world.resources.items()})[name]]


def _granted() -> Iterator[Right]:
    for function, resources in RIGHTS.items():
        for resource, actions in resources.items():
            yield from ((function, action, resource) for action in actions)


def test_every_call_of_a_function_is_allowed(used: set[Right]) -> None:
    assert used - set(_granted()) == set()


def test_every_right_of_a_function_is_needed(used: set[Right]) -> None:
    assert {right for right in _granted() if right[1] not in FOR_LAMBDA} - used == set()
