"""The clients: they send requests, retry them, and read the outcomes."""

from dataclasses import dataclass, field

from tests.simulation.run.chance import happens, one_of
from tests.simulation.run.harness import Harness
from tests.simulation.run.ledger import Request
from tests.simulation.run.reading import (
    a_reader_sees_whole_commits_and_never_goes_back,
    a_status_is_returned_as_soon_as_it_is_stored,
    a_status_is_true_and_final,
    status_of,
)
from tests.simulation.run.requests import Requests
from tests.simulation.run.violation import check
from tests.support.http import Answer

KEY_SECONDS = 23 * 3600.0
"""For so long, a retry with the same key is the same request, even with clock skew."""

MOST_ATTEMPTS = 4


@dataclass
class Clients:
    """All clients of a run. `left_out` are numbers of requests that are never sent."""

    harness: Harness
    planned: int
    most_aggregates: int
    left_out: frozenset[int]
    again: list[Request] = field(default_factory=list[Request])
    _next: int = 0

    def act(self) -> bool:
        """Send the next request, or retry an earlier one; return whether there was anything to send."""
        if not self.harness.instances.has_free("CommandApi"):
            return False
        dice = self.harness.world.dice
        if self.again and happens(dice, "a retry comes first", 0.5):
            request = self.again.pop(0)
            if self._is_in_time(request):
                self._send(request)
            return True
        return self._send_next()

    @property
    def are_done(self) -> bool:
        """Whether every request has been sent at least once."""
        return self._next >= self.planned

    def read_an_aggregate(self) -> bool:
        """Read a random aggregate."""
        if not self.harness.aggregate_ids or not self.harness.instances.has_free("QueryApi"):
            return False
        self.read(one_of(self.harness.world.dice, "car to read", self.harness.aggregate_ids))
        return True

    def read(self, aggregate_id: str) -> Answer | None:
        """Return the answer to reading an aggregate."""
        self.harness.look()
        before = self.harness.histories.by_id[aggregate_id].version
        answer = self.harness.get(f"{self._collection}/{aggregate_id}")
        self.harness.look()
        if answer:
            id_name = self.harness.subject.resource.id
            history = self.harness.histories.by_id[aggregate_id]
            check(a_reader_sees_whole_commits_and_never_goes_back, history, before, answer, id_name)
        return answer

    def read_a_command(self) -> bool:
        """Look up a random accepted command."""
        accepted = self.harness.ledger.accepted
        if not accepted:
            return False
        self.look_up(one_of(self.harness.world.dice, "command to read", list(accepted)))
        return True

    def look_up(self, command_id: str) -> Answer | None:
        """Return the answer to looking up a command."""
        self.harness.look()
        ledger, histories, aggregate_id = (
            self.harness.ledger,
            self.harness.histories,
            self.harness.ledger.accepted[command_id],
        )
        told, stored = ledger.statuses.get(command_id), status_of(histories, ledger, command_id)
        answer = self.harness.get(f"{self._collection}/{aggregate_id}/commands/{command_id}")
        self.harness.look()
        if answer:
            check(a_status_is_true_and_final, histories, ledger, command_id, told, answer)
            check(a_status_is_returned_as_soon_as_it_is_stored, command_id, stored, answer)
        return answer

    def _send_next(self) -> bool:
        if self.are_done:
            return False
        number, self._next = self._next, self._next + 1
        requests = Requests(self.harness.world.dice, self.harness.subject, self.harness.histories.newest)
        request = requests.draw(number, self.harness.aggregate_ids, self.most_aggregates)
        if number not in self.left_out:
            request.first_at = self.harness.world.clock.now
            self.harness.ledger.requests.append(request)
            self._send(request)
        return True

    def _send(self, request: Request) -> None:
        self.harness.note(str(request))
        answer = self.harness.http(request.method, request.path, request.body, **request.headers)
        self.harness.ledger.answered(request, answer)
        self.harness.note(f"answer to request {request.number}: {answer and (answer.status, answer.body)}")
        self._learn(answer)
        failed = answer is None or answer.status >= 500
        if happens(self.harness.world.dice, "a retry", _retry_rate(request, failed=failed)):
            self.again.append(request)

    def _learn(self, answer: Answer | None) -> None:
        if answer and answer.status in (200, 201, 202):
            aggregate_id = answer.body[self.harness.subject.resource.id]
            self.harness.aggregate_ids += [aggregate_id] if aggregate_id not in self.harness.aggregate_ids else []

    @property
    def _collection(self) -> str:
        return f"/{self.harness.subject.resource.plural}"

    def _is_in_time(self, request: Request) -> bool:
        return not request.has_key or self.harness.world.clock.now - request.first_at < KEY_SECONDS


def _retry_rate(request: Request, *, failed: bool) -> float:
    """Return the probability of a retry: high after a failure; after an answer, only with a key."""
    if len(request.answers) >= MOST_ATTEMPTS:
        return 0.0
    return 0.8 if failed else 0.15 if request.has_key else 0.0
