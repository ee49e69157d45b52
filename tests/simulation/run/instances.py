"""The functions' instances: some of each, with clocks and code versions of their own, moved from run to run."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.simulation.run.chance import happens, one_of
from tests.simulation.run.code import Code, states_of_each_fold
from tests.simulation.subject.known import subject_of
from tests.simulation.subject.subject import Subject
from tests.simulation.world.aws import World
from tests.simulation.world.functions import Function
from trigger_pattern.definition.resource import AnyResource

NEXT_QUEUE = "NextCommandsQueue"
"""The queue that replaces the commands queue."""
_SHARED = {"CommandApi": 2, "QueryApi": 2}
_OWN = {"CommandHandler": 3, "EventBroadcaster": 2, "Projector": 2}
_SKEWS = (0.0, 2.0, 7.0)
"""Seconds. Two senders' clocks, and the retries of one, stay within the margin of 30 s."""
_FAR_OFF = 890.0
"""Seconds. AWS denies the requests of a clock that is more than 15 minutes off."""


@dataclass
class Instance:
    """One instance, with the function in both versions; `active` unless it belongs to another time of the run."""

    functions: Mapping[Code, Function]
    code: Code = Code.TODAY
    active: bool = True

    @classmethod
    def load(cls, name: str, world: World, number: int, newer: AnyResource) -> "Instance":
        """Load a function in both versions of its code, for one host."""
        function = Function(name, world, name=f"{name} {number}")
        return cls({Code.TODAY: function, Code.NEWER: function.with_resource(newer)})

    @property
    def function(self) -> Function:
        """The function in the version that this instance has now."""
        return self.functions[self.code]

    @property
    def free(self) -> bool:
        """Whether it can take an event now."""
        return self.active and self.function.host.deadline == float("inf")


class Instances:
    """All instances of one process. Loading takes a second; `enter` begins a run."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        world, later = World(resource=subject.resource), World(resource=subject.resource)
        later.replace_commands_queue(NEXT_QUEUE)
        counts = {**_SHARED, **{world.own(name): count for name, count in _OWN.items()}}
        self.by_function = {
            name: [Instance.load(name, world, number, subject.newer) for number in range(1, count + 1)]
            for name, count in counts.items()
        }
        self._later = [Instance.load("CommandApi", later, number, subject.newer) for number in (3, 4)]
        self.by_function["CommandApi"] += self._later

    def enter(self, world: World) -> None:
        """Begin a run: today's code everywhere, clocks a little off, and seldom one by as much as AWS lets pass."""
        skew = one_of(world.dice, "skew of the clocks", _SKEWS)
        for instance in self._all():
            instance.function.enter(world, world.dice.between("skew", -skew, skew))
            instance.code, instance.active = Code.TODAY, instance not in self._later
        if happens(world.dice, "a sender is far off", 0.05):
            self.by_function["CommandApi"][0].function.host.skew = one_of(world.dice, "far off", (-_FAR_OFF, _FAR_OFF))

    def has_free(self, name: str) -> bool:
        """Return whether an instance of a function can take an event."""
        return any(instance.free for instance in self.by_function[name])

    def invoke(self, world: World, name: str, event: dict[str, Any]) -> Any:
        """Return a free instance's answer to an event. Raises FunctionFailed."""
        free = [instance for instance in self.by_function[name] if instance.free]
        instance = one_of(world.dice, f"instance of {name}", free)
        with states_of_each_fold(self.subject):
            return instance.function.invoke(event)

    def deploy(self, world: World, share: float) -> None:
        """Deploy the newer code to this share of the instances."""
        for instance in self._all():
            if happens(world.dice, "an instance is replaced", share):
                instance.code = Code.NEWER

    def send_to_next_queue(self, *, entirely: bool) -> None:
        """Activate the senders that know the next queue; with `entirely`, deactivate the others."""
        for instance in self.by_function["CommandApi"]:
            instance.active = instance in self._later or not entirely

    @property
    def is_mixed(self) -> bool:
        """Whether any instance has the newer code."""
        return any(instance.code is Code.NEWER for instance in self._all())

    def _all(self) -> list[Instance]:
        return [instance for instances in self.by_function.values() for instance in instances]


@cache
def instances_of(name: str) -> Instances:
    """Return this process's instances for a resource, loaded once."""
    return Instances(subject_of(name))
