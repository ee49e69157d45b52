"""One run: clients, pollers, time and operators take turns, drawn from the seed, until everything is done."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation.run.chance import happens, one_of, weighted
from tests.simulation.run.clients import Clients
from tests.simulation.run.disruptions import Disruption, Disruptions
from tests.simulation.run.ending import end
from tests.simulation.run.fingerprint import fingerprint
from tests.simulation.run.harness import Harness
from tests.simulation.run.instances import instances_of
from tests.simulation.run.violation import Violation
from tests.simulation.subject.known import CAR
from tests.simulation.world.aws import World
from tests.simulation.world.faults import swarm_of
from tests.simulation.world.host import Host

DEEPEST = 2
"""The most actions that may be nested inside one another."""
MISTAKE = "the simulation itself makes no mistakes"
MOST_DISRUPTIONS = 0.08
FEWEST_REQUESTS, MOST_REQUESTS = 4, 12


@dataclass(frozen=True)
class Case:
    """The input of a run: a seed, without some of its faults and requests."""

    seed: int
    without: frozenset[tuple[str, int]] = frozenset()
    left_out: frozenset[int] = frozenset()
    resource: str = CAR


@dataclass(frozen=True)
class Result:
    """How a run ended. `violation` names the invariant that failed, or is empty; `detail` has the data."""

    case: Case
    violation: str
    detail: str
    keys: list[tuple[str, int]]
    """The faults that happened, in the form of `Case.without`."""
    requests: list[int]
    reached: set[str]
    """What the resource did, as `Ledger.reached` has it."""
    story: list[str]
    fingerprint: str

    @property
    def kinds(self) -> set[str]:
        """The kinds of faults that happened."""
        return {what for what, _ in self.keys}


class Simulation:
    """A run, from its seed."""

    def __init__(self, case: Case) -> None:
        instances = instances_of(case.resource)
        self.world = World.with_random_faults(case.seed, case.without, instances.subject.resource)
        self.harness = Harness(self.world, instances)
        dice = self.world.dice
        planned = int(dice.between("number of requests", FEWEST_REQUESTS, MOST_REQUESTS + 1))
        self.clients = Clients(self.harness, planned, one_of(dice, "number of cars", (1, 1, 2, 3)), case.left_out)
        self.disruptions = Disruptions(self.harness)
        self._rates = swarm_of(dice, Disruption, MOST_DISRUPTIONS)
        self._interleaving = max(0.0, dice.between("interleaving", -0.1, 0.1))
        self._depth = 0
        self._turns = self._all_turns()
        self.world.meanwhile = self._meanwhile

    def play(self) -> None:
        """Run it. Raises Violation."""
        for _ in range(self.clients.planned * 4):
            self._disrupt()
            self._act()
            self.world.clock.advance(self.world.dice.between("a while", 0, 2))
        end(self.harness, self.clients)

    def _all_turns(self) -> dict[Callable[[], object], float]:
        harness, world = self.harness, self.world
        return {
            self.clients.act: 4.0,
            lambda: harness.handle(one_of(world.dice, "mapping", harness.mappings)): 3.0,
            lambda: harness.read_stream(world.broadcaster): 1.0,
            lambda: harness.read_stream(world.projector): 1.0,
            harness.retry_projecting: 0.3,
            harness.follower.follow: 0.7,
            self.clients.read_an_aggregate: 0.5,
            self.clients.read_a_command: 0.7,
        }

    def _act(self) -> None:
        weighted(self.world.dice, "turn", self._turns)()

    def _disrupt(self) -> None:
        for disruption, rate in self._rates.items():
            if self.world.dice.chance(disruption.value, rate):
                self.disruptions.apply(disruption)

    def _meanwhile(self, host: Host, point: str) -> None:
        rate = 0.2 if host.name.startswith("CommandApi") and point == "sleep" else self._interleaving
        if len(self.harness.mappings) > 1 and point == "before PutItem":
            rate = 0.2
        if self._depth < DEEPEST and not self.world.dice.quiet and happens(self.world.dice, "meanwhile", rate):
            self._depth += 1
            self._act_inside()
            self._depth -= 1

    def _act_inside(self) -> None:
        """Act in the middle of a function. An error here is the simulation's, and must not look like one of AWS's."""
        try:
            self._act()
        except Exception as error:
            raise Violation(MISTAKE, traceback.format_exc()) from error


def simulate(case: Case) -> Result:
    """Run a case, and return its result; a violation is part of it."""
    simulation, violation, detail = Simulation(case), "", ""
    try:
        simulation.play()
    except Violation as fault:
        violation, detail = fault.sentence, str(fault)
    except Exception:  # noqa: BLE001 - whatever it is, it belongs to this seed
        violation, detail = MISTAKE, traceback.format_exc()
    dice = simulation.world.dice
    return Result(
        case,
        violation,
        detail,
        [chosen.key for chosen in dice.story if chosen.number >= 0 and not chosen.outcome],
        [request.number for request in simulation.harness.ledger.requests],
        simulation.harness.ledger.reached,
        _lines(simulation.world),
        fingerprint(simulation.harness),
    )


def _lines(world: World) -> list[str]:
    start = world.dice.story[0].at if world.dice.story else 0.0
    chosen_ones = [chosen for chosen in world.dice.story if not chosen.outcome]
    return [f"+{chosen.at - start:11.3f} s  {chosen.what}" for chosen in chosen_ones]
