"""What befalls a run beside the faults of calls: time, operators, deployments, a car that nothing can be done for."""

from dataclasses import dataclass, field
from enum import StrEnum

from resources.cars import CARS
from tests.simulation.world.faults import Call, Faults, Kind
from trigger_pattern.definition.resource import AnyResource


class Upheaval(StrEnum):
    """What may come between two steps. The names are those of the dice's story."""

    MINUTES = "six minutes pass"
    HOURS = "hours pass"
    REDRIVE = "dead letters are redriven"
    NEW_QUEUE = "the commands queue is replaced"
    DEPLOYMENT = "a deployment goes on"
    STUCK = "a car is stuck from now on"
    TRIED_FOR_DAYS = "two days of tries are over"
    PAST_THE_API = "a message comes past the API"
    COPIED_ACROSS = "waiting messages are copied to the new commands queue"
    COPIED = "a message is put on the queue once more"
    UNREADABLE = "an unreadable commit is put into the events table"


@dataclass
class LocalFaults(Faults):
    """The usual faults, and one that lasts: the items of `stuck` cars in the events table cannot be reached."""

    stuck: set[str] = field(default_factory=set[str])
    resource: AnyResource = CARS

    def meet(self, call: Call) -> Kind | None:
        """Say what an attempt meets."""
        return Kind.SERVER_ERROR if self.stuck and _id_of(call, self.resource) in self.stuck else super().meet(call)


def _id_of(call: Call, resource: AnyResource) -> str:
    """Return whose items of the events table a call is about; empty if it is about another table."""
    parameters, table = call.parameters, f"{resource.kind}EventsTable"
    if call.operation == "BatchGetItem":
        keys = parameters["RequestItems"].get(table, {}).get("Keys", [{resource.id: {"S": ""}}])
        return str(keys[0][resource.id]["S"])
    if parameters.get("TableName") != table:
        return ""
    if call.operation == "PutItem":
        return str(parameters["Item"][resource.id]["S"])
    return str(parameters["ExpressionAttributeValues"][":id"]["S"])
