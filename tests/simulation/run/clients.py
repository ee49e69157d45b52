"""The clients: they send what they wish for, try again as they like, and look at what became of it."""

from dataclasses import dataclass, field

from tests.simulation.run.books import Request
from tests.simulation.run.broken import hold
from tests.simulation.run.chance import happens, one_of
from tests.simulation.run.reading import (
    a_reader_sees_whole_commits_and_never_goes_back,
    a_status_is_told_as_soon_as_it_is_stored,
    a_status_is_true_and_final,
    status_of,
)
from tests.simulation.run.stage import Stage
from tests.simulation.run.wishes import Wishes
from tests.support.http import Answer

KEY_SECONDS = 23 * 3600.0
"""Within which a retry with the same key is the same request, whatever the clocks say."""

MOST_ATTEMPTS = 4


@dataclass
class Clients:
    """All clients of a run. `left_out` are numbers of requests that are never sent."""

    stage: Stage
    planned: int
    most_cars: int
    left_out: frozenset[int]
    again: list[Request] = field(default_factory=list[Request])
    _next: int = 0

    def act(self) -> bool:
        """Send the next request, or an earlier one again; say whether there was anything to send."""
        if not self.stage.fleet.has_free("CommandApi"):
            return False
        dice = self.stage.world.dice
        if self.again and happens(dice, "a retry comes first", 0.5):
            request = self.again.pop(0)
            if self._is_in_time(request):
                self._send(request)
            return True
        return self._send_next()

    @property
    def are_done(self) -> bool:
        """Say whether everything has been sent for the first time."""
        return self._next >= self.planned

    def read_a_car(self) -> bool:
        """Read some car."""
        if not self.stage.car_ids or not self.stage.fleet.has_free("QueryApi"):
            return False
        self.read(one_of(self.stage.world.dice, "car to read", self.stage.car_ids))
        return True

    def read(self, car_id: str) -> Answer | None:
        """Read a car."""
        self.stage.look()
        before = self.stage.truth.cars[car_id].version
        answer = self.stage.get(f"{self._collection}/{car_id}")
        self.stage.look()
        if answer:
            id_name = self.stage.subject.resource.id
            car = self.stage.truth.cars[car_id]
            hold(a_reader_sees_whole_commits_and_never_goes_back, car, before, answer, id_name)
        return answer

    def read_a_command(self) -> bool:
        """Look what became of some accepted command."""
        accepted = self.stage.books.accepted
        if not accepted:
            return False
        self.look_up(one_of(self.stage.world.dice, "command to read", list(accepted)))
        return True

    def look_up(self, command_id: str) -> Answer | None:
        """Look what became of a command."""
        self.stage.look()
        books, truth, car_id = self.stage.books, self.stage.truth, self.stage.books.accepted[command_id]
        told, stored = books.statuses.get(command_id), status_of(truth, books, command_id)
        answer = self.stage.get(f"{self._collection}/{car_id}/commands/{command_id}")
        self.stage.look()
        if answer:
            hold(a_status_is_true_and_final, truth, books, command_id, told, answer)
            hold(a_status_is_told_as_soon_as_it_is_stored, command_id, stored, answer)
        return answer

    def _send_next(self) -> bool:
        if self.are_done:
            return False
        number, self._next = self._next, self._next + 1
        wishes = Wishes(self.stage.world.dice, self.stage.subject, self.stage.truth.newest)
        request = wishes.wish(number, self.stage.car_ids, self.most_cars)
        if number not in self.left_out:
            request.first_at = self.stage.world.clock.now
            self.stage.books.requests.append(request)
            self._send(request)
        return True

    def _send(self, request: Request) -> None:
        self.stage.note(str(request))
        answer = self.stage.http(request.method, request.path, request.body, **request.headers)
        self.stage.books.answered(request, answer)
        self.stage.note(f"answer to request {request.number}: {answer and (answer.status, answer.body)}")
        self._learn(answer)
        failed = answer is None or answer.status >= 500
        if happens(self.stage.world.dice, "a retry", _retry_rate(request, failed=failed)):
            self.again.append(request)

    def _learn(self, answer: Answer | None) -> None:
        if answer and answer.status in (200, 201, 202):
            car_id = answer.body[self.stage.subject.resource.id]
            self.stage.car_ids += [car_id] if car_id not in self.stage.car_ids else []

    @property
    def _collection(self) -> str:
        return f"/{self.stage.subject.resource.plural}"

    def _is_in_time(self, request: Request) -> bool:
        return not request.has_key or self.stage.world.clock.now - request.first_at < KEY_SECONDS


def _retry_rate(request: Request, *, failed: bool) -> float:
    """Give how likely a client asks again: after a failure usually, after an answer only with a key."""
    if len(request.answers) >= MOST_ATTEMPTS:
        return 0.0
    return 0.8 if failed else 0.15 if request.has_key else 0.0
