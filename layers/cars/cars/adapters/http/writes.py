"""A write, from its headers to its answer."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.caller import caller_of
from cars.adapters.http.command_answers import accepted, applied, refused, rejected
from cars.adapters.http.conditions import conditions_of_write
from cars.adapters.http.preferences import read_wait
from cars.adapters.http.resolver import Resolver
from cars.application.outcomes import RecordedOutcome, Status
from cars.application.querying import CarQueries
from cars.application.submitting import Accepted, CommandSubmitter
from cars.application.tracking import CommandOutcome, CommandSucceeded, Pending
from cars.application.waiting import CommandWaiter
from cars.domain.commands import CarCommand, CreateCar

RESERVE_SECONDS = 6.0
"""What the function needs after a wait has ended, whatever hangs: two reads of two seconds, and its own work."""


@dataclass(frozen=True)
class Writes:
    """Submits a request's command and answers it. No request waits longer than `longest_wait` seconds."""

    submitter: CommandSubmitter
    waiter: CommandWaiter
    queries: CarQueries
    logger: Logger
    longest_wait: int

    def answer(self, app: Resolver, request: CarCommand) -> Response[Any]:
        """Answer 202, or, where the client prefers to wait and the time suffices, with what became of the command."""
        event, created = app.current_event, isinstance(request, CreateCar)
        headers = {name.lower(): value for name, value in event.headers.items()}
        wait = min(read_wait(headers.get("prefer", "")), self.longest_wait)
        car = None if created else partial(self.queries.car, str(request.car_id))
        conditions = conditions_of_write(headers, car)
        above = self._version_before(request) if wait else None
        result = self.submitter.submit(request, caller_of(event.raw_event), conditions)
        if not isinstance(result, Accepted):
            return rejected(result)
        if above is None:
            return accepted(result.ticket, created=created)
        left = app.lambda_context.get_remaining_time_in_millis() / 1000 - RESERVE_SECONDS
        answer = self._wait(result, above, min(wait, left), created=created)
        answer.headers["Preference-Applied"] = f"wait={wait}"
        return answer

    def _version_before(self, request: CarCommand) -> int | None:
        """Give the version above which to look for the outcome; None, and no wait, where it cannot be read."""
        if isinstance(request, CreateCar):
            return 0
        try:
            return self.waiter.version(str(request.car_id))
        except Exception:
            self.logger.exception("no wait: the car could not be read")
            return None

    def _wait(self, result: Accepted, above: int, seconds: float, *, created: bool) -> Response[Any]:
        try:
            outcome = result.outcome or self.waiter.wait(result.ticket, above, seconds)
            return self._outcome(result, outcome, created=created)
        except Exception:  # the command is accepted, whatever became of the wait
            self.logger.exception("a wait ended early")
            return accepted(result.ticket, created=created)

    def _outcome(self, result: Accepted, outcome: CommandOutcome, *, created: bool) -> Response[Any]:
        car_id = str(result.ticket.car_id)
        match outcome:
            case Pending():
                return accepted(result.ticket, created=created)
            case CommandSucceeded(version):
                return applied(self.queries.car_at_version(car_id, version), created=created)
            case RecordedOutcome(status=Status.UNCHANGED, version=int(version)):
                return applied(self.queries.car_at_version(car_id, version), created=False)
            case RecordedOutcome():
                return refused(outcome)
