"""What befalls a run beside the faults of calls: time, operators, deployments, a car that nothing can be done for."""

from dataclasses import dataclass, field
from enum import StrEnum

from tests.simulation.world.faults import Call, Faults, Kind


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

    def meet(self, call: Call) -> Kind | None:
        """Say what an attempt meets."""
        return Kind.SERVER_ERROR if self.stuck and _car_of(call) in self.stuck else super().meet(call)


def _car_of(call: Call) -> str:
    parameters = call.parameters
    if call.operation == "BatchGetItem":
        keys = parameters["RequestItems"].get("CarEventsTable", {}).get("Keys", [{"carId": {"S": ""}}])
        return str(keys[0]["carId"]["S"])
    if parameters.get("TableName") != "CarEventsTable":
        return ""
    if call.operation == "PutItem":
        return str(parameters["Item"]["carId"]["S"])
    return str(parameters["ExpressionAttributeValues"][":id"]["S"])
