"""The write side: validate a request and put it on the queue; the answer is 202."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from cars.adapters.http.caller import caller_of
from cars.adapters.http.models import CarBody, CarIdPath, CarReplacement
from cars.adapters.http.problems import invalid, refusal_entry
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.application.submitting import Accepted, CommandSubmitter
from cars.domain.values import CarId
from trigger_pattern import Refusal, Refused

OTHER_CAR_ID = Refusal("invalid-value", "Expected the id in the path, or none.", "/carId")


def command_api(submitter: CommandSubmitter, logger: Logger) -> Resolver:
    """Make the API's `POST /cars`, `PUT /cars/{carId}` and `DELETE /cars/{carId}`."""
    app = make_resolver(logger)
    add_command_routes(app, submitter)
    return app


def add_command_routes(app: Resolver, submitter: CommandSubmitter) -> None:
    """Add the routes that change a car; the OpenAPI document is made of the same ones."""

    @app.post("/cars")
    def post_car(body: Annotated[CarBody, Body()]) -> Response[Any]:
        return _answer(submitter.create(body.representation(), caller_of(app.current_event.raw_event)), created=True)

    @app.put("/cars/<carId>")
    def put_car(car_id: CarIdPath, body: Annotated[CarReplacement, Body()]) -> Response[Any]:
        if body.car_id not in (None, car_id):
            return invalid([refusal_entry(OTHER_CAR_ID)])
        caller = caller_of(app.current_event.raw_event)
        return _answer(submitter.update(CarId(car_id), body.representation(), caller))

    @app.delete("/cars/<carId>")
    def delete_car(car_id: CarIdPath) -> Response[Any]:
        return _answer(submitter.delete(CarId(car_id), caller_of(app.current_event.raw_event)))


def _answer(result: Accepted | Refused, *, created: bool = False) -> Response[Any]:
    if isinstance(result, Refused):
        return invalid(map(refusal_entry, result.reasons))
    car = f"/cars/{result.car_id}"
    body = {
        "carId": str(result.car_id),
        "commandId": str(result.command_id),
        "command": f"{car}/commands/{result.command_id}",
    }
    return Response(HTTPStatus.ACCEPTED.value, "application/json", body, headers={"Location": car} if created else {})
