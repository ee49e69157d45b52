"""The write side: validate a request and put it on the queue; who prefers to wait hears what became of it."""

from dataclasses import dataclass
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from cars.adapters.http.caller import caller_of
from cars.adapters.http.command_answers import accepted, applied, refused, rejected
from cars.adapters.http.conditions import read_conditions, read_wait
from cars.adapters.http.models import CarBody, CarIdPath, CarPatch, CarReplacement
from cars.adapters.http.problems import invalid, refusal_entry
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.application.outcomes import RecordedOutcome, Status
from cars.application.querying import CarQueries
from cars.application.submitting import Accepted, CommandSubmitter
from cars.application.tracking import CommandOutcome, CommandSucceeded, CommandTracker, Pending
from cars.domain.commands import CarCommand, CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.values import CarId
from trigger_pattern import Refusal

OTHER_CAR_ID = Refusal("invalid-value", "Expected the id in the path, or none.", "/carId")


def command_api(writes: "Writes", logger: Logger) -> Resolver:
    """Make the API's POST, PUT, PATCH and DELETE."""
    app = make_resolver(logger)
    add_command_routes(app, writes)
    return app


def add_command_routes(app: Resolver, writes: "Writes") -> None:
    """Add the routes that change a car; the OpenAPI document is made of the same ones."""

    @app.post("/cars")
    def post_car(body: Annotated[CarBody, Body()]) -> Response[Any]:
        return writes.answer(app, CreateCar(writes.submitter.new_car_id(), body.representation()))

    @app.put("/cars/<carId>")
    def put_car(car_id: CarIdPath, body: Annotated[CarReplacement, Body()]) -> Response[Any]:
        if body.car_id not in (None, car_id):
            return invalid([refusal_entry(OTHER_CAR_ID)])
        return writes.answer(app, UpdateCar(CarId(car_id), body.representation()))

    @app.patch("/cars/<carId>")
    def patch_car(car_id: CarIdPath, body: Annotated[CarPatch, Body()]) -> Response[Any]:
        return writes.answer(app, PatchCar(CarId(car_id), body.representation()))

    @app.delete("/cars/<carId>")
    def delete_car(car_id: CarIdPath) -> Response[Any]:
        return writes.answer(app, DeleteCar(CarId(car_id)))


@dataclass(frozen=True)
class Writes:
    """Submits a request's command and answers it."""

    submitter: CommandSubmitter
    tracker: CommandTracker
    queries: CarQueries

    def answer(self, app: Resolver, request: CarCommand) -> Response[Any]:
        """Answer 202, or, where the client prefers to wait and the time suffices, with what became of the command."""
        event = app.current_event
        wait = read_wait(event.headers.get("prefer", ""))
        conditions = read_conditions({name.lower(): value for name, value in event.headers.items()})
        above = self._version_before(request) if wait else 0
        result = self.submitter.submit(request, caller_of(event.raw_event), conditions)
        if not isinstance(result, Accepted):
            return rejected(result)
        if not wait:
            return accepted(result.ticket, created=isinstance(request, CreateCar))
        outcome = result.outcome or self.tracker.wait(result.ticket, above, wait)
        answer = self._outcome(request, result, outcome)
        answer.headers["Preference-Applied"] = f"wait={wait}"
        return answer

    def _version_before(self, request: CarCommand) -> int:
        return 0 if isinstance(request, CreateCar) else self.tracker.version(str(request.car_id))

    def _outcome(self, request: CarCommand, result: Accepted, outcome: CommandOutcome) -> Response[Any]:
        created, car_id = isinstance(request, CreateCar), str(result.ticket.car_id)
        match outcome:
            case Pending():
                return accepted(result.ticket, created=created)
            case CommandSucceeded(version):
                return applied(self.queries.car_at_version(car_id, version), created=created)
            case RecordedOutcome(status=Status.UNCHANGED):
                return applied(self.queries.car(car_id), created=False)
            case RecordedOutcome():
                return refused(outcome)
