"""The write side: validate a request and put it on the queue; who prefers to wait hears what became of it."""

from typing import Annotated, Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body

from cars.adapters.http.models import CarBody, CarIdPath, CarPatch, CarReplacement
from cars.adapters.http.problems import invalid, refusal_entry
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.adapters.http.writes import Writes
from cars.domain.commands import CreateCar, DeleteCar, PatchCar, UpdateCar
from cars.domain.values import CarId
from trigger_pattern import Refusal

OTHER_CAR_ID = Refusal("invalid-value", "Expected the id in the path, or none.", "/carId")


def command_api(writes: Writes, logger: Logger) -> Resolver:
    """Make the API's POST, PUT, PATCH and DELETE."""
    app = make_resolver(logger)
    add_command_routes(app, writes)
    return app


def add_command_routes(app: Resolver, writes: Writes) -> None:
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
