"""Lists of cars: `GET /cars`, for the questions that the cars view is made to answer."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.cursors import read_cursor, write_cursor
from cars.adapters.http.list_parameters import (
    FILTERS,
    ColorFilter,
    ConditionFilter,
    CursorText,
    MakeFilter,
    ModelFilter,
    OwnerFilter,
    PageLimit,
    VinFilter,
    wrong_in_list,
)
from cars.adapters.http.models import DEFAULT_LIMIT
from cars.adapters.http.problems import JSON, invalid, problem
from cars.adapters.http.resolver import Resolver
from cars.application.listing import SERVED, CarsIndex, Page, Question, question_of


def add_cars_list(app: Resolver, index: CarsIndex) -> None:
    """Add the route `GET /cars` to an API."""
    app.checks["GET /cars"] = wrong_in_list

    @app.get("/cars")
    def list_cars(
        owner: OwnerFilter = None, vin: VinFilter = None, make: MakeFilter = None, model: ModelFilter = None,
        color: ColorFilter = None, condition: ConditionFilter = None,
        limit: PageLimit = DEFAULT_LIMIT, cursor: CursorText = None,
    ) -> Response[Any]:  # fmt: skip
        if wrong := app.also_wrong():
            return invalid(wrong)
        given = zip(FILTERS, (owner, vin, make, model, color, condition), strict=True)
        question = question_of({name: value for name, value in given if value is not None})
        return _list(index, question, limit, cursor) if question else _not_served()


def _list(index: CarsIndex, question: Question, limit: int, cursor: str | None) -> Response[Any]:
    after = None if cursor is None else read_cursor(cursor, question)
    body = _body(index.page(question, limit, after), {**vars(question), "limit": limit})
    return Response(HTTPStatus.OK.value, JSON, body, headers={"Cache-Control": "no-cache"})


def _body(page: Page, query: dict[str, Any]) -> dict[str, Any]:
    cars = [{"carId": car.car_id, **car.representation, "version": car.version} for car in page.cars]
    if page.last is None:
        return {"cars": cars}
    return {"cars": cars, "next": f"?{urlencode({**query, 'cursor': write_cursor(page.last)})}"}


def _not_served() -> Response[Any]:
    served = "; ".join(", ".join(names[:-1]) + " and " * (len(names) > 1) + names[-1] for names in SERVED)
    detail = f"Cars are listed by these combinations of filters, and no other: {served}."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "unserved-filters", detail)
