"""One run: clients, pollers, time and operators take turns as the seed says, until everything comes to its end."""

import traceback
from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation.run.broken import Broken
from tests.simulation.run.chance import happens, one_of, weighted
from tests.simulation.run.clients import Clients
from tests.simulation.run.ending import end
from tests.simulation.run.fingerprint import fingerprint
from tests.simulation.run.fleet import fleet_of
from tests.simulation.run.stage import Stage
from tests.simulation.run.upheavals import Upheavals
from tests.simulation.run.weather import Upheaval
from tests.simulation.subject.known import CAR
from tests.simulation.world.aws import World
from tests.simulation.world.faults import swarm_of
from tests.simulation.world.host import Host

DEEPEST = 2
"""How many may act in the middle of one another."""
MISTAKE = "the simulation itself makes no mistakes"
MOST_UPHEAVALS = 0.08
FEWEST_REQUESTS, MOST_REQUESTS = 4, 12


@dataclass(frozen=True)
class Case:
    """What is run: a seed, less some of what it would have happen."""

    seed: int
    without: frozenset[tuple[str, int]] = frozenset()
    left_out: frozenset[int] = frozenset()
    resource: str = CAR


@dataclass(frozen=True)
class Result:
    """How a run ended. `broken` is the sentence that does not hold, or empty, and `detail` says what and where."""

    case: Case
    broken: str
    detail: str
    keys: list[tuple[str, int]]
    """What came to pass, as `Case.without` takes it."""
    requests: list[int]
    reached: set[str]
    """What the resource did, as `Books.reached` has it."""
    story: list[str]
    fingerprint: str

    @property
    def kinds(self) -> set[str]:
        """Give the kinds of faults that came to pass."""
        return {what for what, _ in self.keys}


class Simulation:
    """A run, from its seed."""

    def __init__(self, case: Case) -> None:
        fleet = fleet_of(case.resource)
        self.world = World.stormy(case.seed, case.without, fleet.subject.resource)
        self.stage = Stage(self.world, fleet)
        dice = self.world.dice
        planned = int(dice.between("number of requests", FEWEST_REQUESTS, MOST_REQUESTS + 1))
        self.clients = Clients(self.stage, planned, one_of(dice, "number of cars", (1, 1, 2, 3)), case.left_out)
        self.upheavals = Upheavals(self.stage)
        self._rates = swarm_of(dice, Upheaval, MOST_UPHEAVALS)
        self._interleaving = max(0.0, dice.between("interleaving", -0.1, 0.1))
        self._depth = 0
        self._turns = self._all_turns()
        self.world.meanwhile = self._meanwhile

    def play(self) -> None:
        """Run it. Raises Broken."""
        for _ in range(self.clients.planned * 4):
            self._upheave()
            self._act()
            self.world.clock.advance(self.world.dice.between("a while", 0, 2))
        end(self.stage, self.clients)

    def _all_turns(self) -> dict[Callable[[], object], float]:
        stage, world = self.stage, self.world
        return {
            self.clients.act: 4.0,
            lambda: stage.handle(one_of(world.dice, "mapping", stage.mappings)): 3.0,
            lambda: stage.read_stream(world.broadcaster): 1.0,
            lambda: stage.read_stream(world.projector): 1.0,
            stage.retry_projecting: 0.3,
            stage.follower.follow: 0.7,
            self.clients.read_a_car: 0.5,
            self.clients.read_a_command: 0.7,
        }

    def _act(self) -> None:
        weighted(self.world.dice, "turn", self._turns)()

    def _upheave(self) -> None:
        for upheaval, rate in self._rates.items():
            if self.world.dice.chance(upheaval.value, rate):
                self.upheavals.come(upheaval)

    def _meanwhile(self, host: Host, point: str) -> None:
        rate = 0.2 if host.name.startswith("CommandApi") and point == "sleep" else self._interleaving
        if len(self.stage.mappings) > 1 and point == "before PutItem":
            rate = 0.2
        if self._depth < DEEPEST and not self.world.dice.quiet and happens(self.world.dice, "meanwhile", rate):
            self._depth += 1
            self._act_inside()
            self._depth -= 1

    def _act_inside(self) -> None:
        """Act in the middle of a function, which must not take an error of the simulation's for one of AWS's."""
        try:
            self._act()
        except Exception as error:
            raise Broken(MISTAKE, traceback.format_exc()) from error


def simulate(case: Case) -> Result:
    """Run a case, whatever comes of it."""
    simulation, broken, detail = Simulation(case), "", ""
    try:
        simulation.play()
    except Broken as fault:
        broken, detail = fault.sentence, str(fault)
    except Exception:  # noqa: BLE001 - whatever it is, it belongs to this seed
        broken, detail = MISTAKE, traceback.format_exc()
    dice = simulation.world.dice
    return Result(
        case,
        broken,
        detail,
        [chosen.key for chosen in dice.story if chosen.number >= 0 and not chosen.outcome],
        [request.number for request in simulation.stage.books.requests],
        simulation.stage.books.reached,
        _tell(simulation.world),
        fingerprint(simulation.stage),
    )


def _tell(world: World) -> list[str]:
    start = world.dice.story[0].at if world.dice.story else 0.0
    told = [chosen for chosen in world.dice.story if not chosen.outcome]
    return [f"+{chosen.at - start:11.3f} s  {chosen.what}" for chosen in told]
