"""The write side: validate a request and put it on the queue; who prefers to wait hears what became of it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from cars.adapters.http.conditions import wrong_in_headers
from cars.adapters.http.models import CarBody, CarIdPath, CarPatch, CarReplacement
from cars.adapters.http.problems import invalid, refusal_entry
from cars.adapters.http.request_body import MEDIA_TYPES
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.adapters.http.writes import Writes
from cars.adapters.json_text import read_object
from cars.domain.commands import CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.reading import InvalidValue, read_id
from cars.domain.representation import read_car, read_changes
from cars.domain.values import CarId
from trigger_pattern import Refusal, Refused

OTHER_CAR_ID = Refusal("invalid-value", "Expected the id in the path, or none.", "/carId")
_ANY_CAR = CarId(UUID(int=1))
NO_VERSION = Refusal("invalid-value", "Expected a version, a whole number from 1, or none.", "/version")


def command_api(writes: Writes, logger: Logger) -> Resolver:
    """Make the API's POST, PUT, PATCH and DELETE."""
    app = make_resolver(logger)
    add_command_routes(app, writes)
    return app


def add_command_routes(app: Resolver, writes: Writes) -> None:
    """Add the routes that change a car; the OpenAPI document is made of the same ones."""
    app.checks |= dict.fromkeys(("PUT /cars/{carId}", "PATCH /cars/{carId}", "DELETE /cars/{carId}"), _wrong_in_change)
    app.checks["POST /cars"] = _wrong_in_creation

    @app.post("/cars")
    def post_car(body: Annotated[CarBody, Body()]) -> Response[Any]:
        return writes.answer(app, CreateCar(writes.submitter.new_car_id(), body.fields()))

    @app.put("/cars/<carId>")
    def put_car(car_id: CarIdPath, body: Annotated[CarReplacement, Body()]) -> Response[Any]:
        representation, faults = without_echo(body.fields(), car_id)
        if faults:
            return invalid(app.also_wrong())
        return writes.answer(app, UpdateCar(CarId(car_id), representation))

    @app.patch("/cars/<carId>")
    def patch_car(car_id: CarIdPath, body: Annotated[CarPatch, Body()]) -> Response[Any]:
        return writes.answer(app, PatchCar(CarId(car_id), body.fields()))

    @app.delete("/cars/<carId>")
    def delete_car(car_id: CarIdPath) -> Response[Any]:
        return writes.answer(app, DeleteCar(CarId(car_id)))


def _wrong_in_creation(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    fields = read_object(event.body or "")
    faults = [] if fields is None else _entries(read_car(_ANY_CAR, fields))
    return [*faults, *wrong_in_headers(event.headers, "Idempotency-Key")]


def _wrong_in_change(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    headers = wrong_in_headers(event.headers, "If-Match", "If-None-Match", "Idempotency-Key")
    return [*(_wrong_in_body(event) if event.http_method in MEDIA_TYPES else ()), *headers]


def _wrong_in_body(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    fields = read_object(event.body or "")
    if fields is None:
        return []
    if event.http_method == "PATCH":
        return _entries(read_changes(fields))
    representation, faults = without_echo(fields, _id_in_path(event))
    return [*map(refusal_entry, faults), *_entries(read_car(_ANY_CAR, representation))]


def _entries(read: object) -> list[dict[str, str]]:
    return [refusal_entry(reason) for reason in read.reasons] if isinstance(read, Refused) else []


def _id_in_path(event: APIGatewayProxyEventV2) -> UUID | None:
    try:
        return read_id(event.path_parameters.get("carId"))
    except InvalidValue:
        return None


def without_echo(fields: Mapping[str, Any], car_id: UUID | None) -> tuple[dict[str, Any], list[Refusal]]:
    """Return a car's fields without what GET and lists show beside them, and what is wrong with that.

    The version is ignored: the precondition of a PUT is `If-Match`, and only that.
    """
    representation, faults = dict(fields), list[Refusal]()
    if "carId" in representation and not _is_id(representation.pop("carId"), car_id):
        faults.append(OTHER_CAR_ID)
    if "version" in representation and not _is_version(representation.pop("version")):
        faults.append(NO_VERSION)
    return representation, faults


def _is_version(value: object) -> bool:
    """Return whether a value is a whole number from 1, of any size: 1e400 has no remainder that Decimal could tell."""
    if isinstance(value, Decimal):
        return value >= 1 and value == value.to_integral_value()
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_id(value: object, car_id: UUID | None) -> bool:
    try:
        return car_id in (None, read_id(value))
    except InvalidValue:
        return False
