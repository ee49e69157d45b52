"""A car as an answer."""

from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.entity_tags import entity_tag
from cars.adapters.http.problems import JSON, problem
from cars.application.querying import CarAsOf
from cars.domain.car import Car
from cars.domain.representation import represent
from cars.domain.root import Gone


def car_answer(found: CarAsOf, status: HTTPStatus = HTTPStatus.OK) -> Response[Any]:
    """Answer with the car and its version as the tag; 404 where it never was, 410 where it is gone."""
    match found.state:
        case Car():
            body = {"carId": str(found.state.car_id), **represent(found.state)}
            return Response(status.value, JSON, body, car_headers(found.version))
        case Gone():
            return problem(HTTPStatus.GONE, "car-deleted", "This car was deleted; its events can still be read.")
        case _:
            return car_not_found()


def car_headers(version: int) -> dict[str, str]:
    """Give the headers of a car's representation."""
    return {"Cache-Control": "no-cache", "ETag": entity_tag(version)}


def precondition_failed() -> Response[Any]:
    """Answer 412."""
    detail = "The car's current version is not one that If-Match and If-None-Match allow."
    return problem(HTTPStatus.PRECONDITION_FAILED, "version-conflict", detail)


def car_not_found() -> Response[Any]:
    """Answer 404."""
    return problem(HTTPStatus.NOT_FOUND, "car-not-found", "No car with this id was ever registered.")
