"""The write side: a request is read, queued as a command, and answered; with `Prefer: wait`, by its outcome."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from aws_lambda_powertools import Logger

from trigger_pattern.application.idempotency import KeyReused
from trigger_pattern.application.outcomes import RecordedOutcome, Status
from trigger_pattern.application.querying import Queries
from trigger_pattern.application.submitting import (
    Accepted,
    CommandSubmitter,
    Conditions,
    Overloaded,
    PreconditionFailed,
    read_request,
)
from trigger_pattern.application.tracking import CommandOutcome, CommandSucceeded, Pending
from trigger_pattern.application.waiting import CommandWaiter
from trigger_pattern.definition.requests import CreateRequest, DeleteRequest, PatchRequest, UpdateRequest
from trigger_pattern.definition.requests import Request as ChangeRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http import answers
from trigger_pattern.http.api import Routes
from trigger_pattern.http.bodies import NOT_AN_OBJECT, most_of, read_fields, without_echo
from trigger_pattern.http.caller import caller_of
from trigger_pattern.http.conditions import NoSuchVersion, conditions_of_write, wrong_in_headers
from trigger_pattern.http.exchange import Answer, Fault, Problem, ProblemFound, Request
from trigger_pattern.http.headers import read_wait
from trigger_pattern.http.parameters import Parameters
from trigger_pattern.http.problems import KEY_REUSED, OVERLOADED, invalid, matches_no_version, precondition_failed
from trigger_pattern.http.routes import COLLECTION, ITEM
from trigger_pattern.kernel import Refused

RESERVE_SECONDS: Final = 6.0
"""The time that the function needs after a wait, even if calls hang: two reads of two seconds, and its own work."""

_KEY: Final = "Idempotency-Key"
_PRECONDITIONS: Final = ("If-Match", "If-None-Match")


@dataclass(frozen=True)
class Writes:
    """Answers the writes of one kind of resource. No request waits longer than `longest_wait` seconds."""

    resource: AnyResource
    submitter: CommandSubmitter
    waiter: CommandWaiter
    queries: Queries
    logger: Logger
    longest_wait: int

    def routes(self) -> Routes:
        """Return the function that answers each route."""
        return {
            f"POST {COLLECTION}": self.post,
            f"PUT {ITEM}": self.put,
            f"PATCH {ITEM}": self.patch,
            f"DELETE {ITEM}": self.delete,
        }

    def post(self, request: Request) -> Answer | Problem:
        """Create a resource under a new id."""
        change = CreateRequest(self.submitter.new_id(), self._fields(request))
        return self._read(request, change)

    def put(self, request: Request) -> Answer | Problem:
        """Replace a representation."""
        fields, parameters = self._fields(request), Parameters(request)
        aggregate_id = parameters.id(self.resource)
        representation, echoed = without_echo(self.resource, fields, aggregate_id)
        change = UpdateRequest(aggregate_id, representation)
        return self._read(request, change, parameters, echoed)

    def patch(self, request: Request) -> Answer | Problem:
        """Change some fields."""
        fields, parameters = self._fields(request), Parameters(request)
        change = PatchRequest(parameters.id(self.resource), fields)
        return self._read(request, change, parameters)

    def delete(self, request: Request) -> Answer | Problem:
        """Delete a resource."""
        parameters = Parameters(request)
        change = DeleteRequest(parameters.id(self.resource))
        return self._read(request, change, parameters)

    def _fields(self, request: Request) -> Mapping[str, Any]:
        fields = read_fields(request, most_of(self.resource))
        if fields is None:
            raise ProblemFound(invalid([NOT_AN_OBJECT, *_in_headers(request)]))
        return fields

    def _read(
        self,
        request: Request,
        change: ChangeRequest,
        parameters: Parameters | None = None,
        echoed: tuple[Fault, ...] = (),
    ) -> Answer | Problem:
        """Name every fault of a request at once, or submit its command."""
        read = read_request(self.resource, change)
        in_body = map(Fault.of, read.reasons) if isinstance(read, Refused) else ()
        faults = [*(parameters.faults if parameters else ()), *echoed, *in_body, *_in_headers(request)]
        return invalid(faults) if faults or isinstance(read, Refused) else self._submit(request, read)

    def _submit(self, request: Request, change: ChangeRequest) -> Answer | Problem:
        created = isinstance(change, CreateRequest)
        wait = min(read_wait(request.headers.get("prefer", "")), self.longest_wait)
        try:
            conditions = self._conditions(request, change)
        except NoSuchVersion:
            return matches_no_version(self.resource)
        above = self._version_before(change) if wait else None
        result = self.submitter.submit(change, caller_of(request.event), conditions)
        if not isinstance(result, Accepted):
            return self._rejected(result)
        if above is None:
            return answers.accepted(self.resource, result.ticket, created=created)
        answer = self._wait(result, above, min(wait, request.remaining() - RESERVE_SECONDS), created=created)
        return replace(answer, headers={**answer.headers, "Preference-Applied": f"wait={wait}"})

    def _conditions(self, request: Request, change: ChangeRequest) -> Conditions:
        current = None if isinstance(change, CreateRequest) else partial(self.queries.now, change.id)
        return conditions_of_write(request.headers, current)

    def _rejected(self, result: KeyReused | Overloaded | PreconditionFailed) -> Problem:
        match result:
            case KeyReused():
                return KEY_REUSED
            case Overloaded():
                return OVERLOADED
            case PreconditionFailed():
                return precondition_failed(self.resource)

    def _version_before(self, change: ChangeRequest) -> int | None:
        """Return the version above which to look for the outcome; None if it cannot be read: then nothing waits."""
        if isinstance(change, CreateRequest):
            return 0
        try:
            return self.waiter.version(change.id)
        except Exception:
            self.logger.exception("no wait: the resource could not be read")
            return None

    def _wait(self, result: Accepted, above: int, seconds: float, *, created: bool) -> Answer | Problem:
        try:
            outcome = result.outcome or self.waiter.wait(result.ticket, above, seconds)
            return self._outcome(result, outcome, created=created)
        except Exception:  # the command is accepted, even if the wait failed
            self.logger.exception("a wait ended early")
            return answers.accepted(self.resource, result.ticket, created=created)

    def _outcome(self, result: Accepted, outcome: CommandOutcome, *, created: bool) -> Answer | Problem:
        aggregate_id = result.ticket.aggregate_id
        match outcome:
            case Pending():
                return answers.accepted(self.resource, result.ticket, created=created)
            case CommandSucceeded(version):
                found = self.queries.at_version(aggregate_id, version)
                return answers.applied(self.resource, found, created=created)
            case RecordedOutcome(status=Status.UNCHANGED, version=int(version)):
                return answers.applied(self.resource, self.queries.at_version(aggregate_id, version), created=False)
            case RecordedOutcome():
                return answers.refused(outcome)


def _in_headers(request: Request) -> list[Fault]:
    """Return the faults of a request's headers. A creation has no preconditions."""
    preconditions = () if request.method == "POST" else _PRECONDITIONS
    return wrong_in_headers(request.headers, *preconditions, _KEY)
