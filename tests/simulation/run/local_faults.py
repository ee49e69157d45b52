"""The faults of calls, and one that lasts: a stuck aggregate, whose items cannot be reached."""

from dataclasses import dataclass, field

from resources.cars import CARS
from tests.simulation.world.faults import Call, Faults, Kind
from trigger_pattern.definition.resource import AnyResource


@dataclass
class LocalFaults(Faults):
    """The usual random faults; besides, the items of `stuck` cars in the events table cannot be reached."""

    stuck: set[str] = field(default_factory=set[str])
    resource: AnyResource = CARS

    def meet(self, call: Call) -> Kind | None:
        """Return the fault that an attempt meets, or None."""
        return Kind.SERVER_ERROR if self.stuck and _id_of(call, self.resource) in self.stuck else super().meet(call)


def _id_of(call: Call, resource: AnyResource) -> str:
    """Return the id of the aggregate whose items a call reads or writes; empty for another table."""
    parameters, table = call.parameters, f"{resource.kind}EventsTable"
    if call.operation == "BatchGetItem":
        keys = parameters["RequestItems"].get(table, {}).get("Keys", [{resource.id: {"S": ""}}])
        return str(keys[0][resource.id]["S"])
    if parameters.get("TableName") != table:
        return ""
    if call.operation == "PutItem":
        return str(parameters["Item"][resource.id]["S"])
    return str(parameters["ExpressionAttributeValues"][":id"]["S"])
