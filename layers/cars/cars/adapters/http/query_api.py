"""The read side: a car, its events, and what became of a command."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any, assert_never

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from cars.adapters.clock import write_time
from cars.adapters.http.car_answers import car_answer, car_headers, car_not_found, precondition_failed
from cars.adapters.http.conditions import read_preconditions_of_read, wrong_in_headers
from cars.adapters.http.models import DEFAULT_LIMIT, After, At, CarIdPath, CommandIdPath, Limit, Version
from cars.adapters.http.parameters import fault
from cars.adapters.http.problems import JSON, invalid, problem, refusal_entry
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.application.commits import PublishedEvent
from cars.application.outcomes import RecordedOutcome
from cars.application.querying import CarAsOf, CarQueries
from cars.application.tracking import CommandOutcome, CommandSucceeded, CommandTracker, Pending
from cars.domain.car import Car

VERSION_AND_AT = fault("at", "Expected a version or a time, not both.")


def query_api(queries: CarQueries, tracker: CommandTracker, logger: Logger) -> Resolver:
    """Make the API's three GET routes."""
    app = make_resolver(logger)
    add_query_routes(app, queries, tracker)
    return app


def add_query_routes(app: Resolver, queries: CarQueries, tracker: CommandTracker) -> None:
    """Add the routes that read; the OpenAPI document is made of the same ones."""
    app.checks["GET /cars/{carId}"] = _wrong_in_reading

    @app.get("/cars/<carId>")
    def get_car(car_id: CarIdPath, version: Version = None, at: At = None) -> Response[Any]:
        if wrong := app.also_wrong():
            return invalid(wrong)
        found = _as_of(queries, str(car_id), version, at)
        return _car(found, app.current_event.headers) if found else _not_then()

    @app.get("/cars/<carId>/events")
    def get_events(car_id: CarIdPath, after: After = 0, limit: Limit = DEFAULT_LIMIT) -> Response[Any]:
        if wrong := app.also_wrong():
            return invalid(wrong)
        return _events(str(car_id), queries.events(str(car_id), after, limit), limit)

    @app.get("/cars/<carId>/commands/<commandId>")
    def get_command(car_id: CarIdPath, command_id: CommandIdPath) -> Response[Any]:
        return _command(str(car_id), str(command_id), tracker.find(str(car_id), command_id))


def _wrong_in_reading(event: APIGatewayProxyEventV2) -> list[dict[str, str]]:
    both = {"version", "at"} <= event.query_string_parameters.keys()
    return [*([VERSION_AND_AT] if both else []), *wrong_in_headers(event.headers, "If-Match")]


def _as_of(queries: CarQueries, car_id: str, version: int | None, at: datetime | None) -> CarAsOf | None:
    """Give the car as it was, None where it was not registered then; without version and time, as it is."""
    if version:
        found = queries.car_at_version(car_id, version)
    elif at:
        found = queries.car_at(car_id, at)
    else:
        return queries.car(car_id)
    return found if found.version else None


def _not_then() -> Response[Any]:
    return problem(HTTPStatus.NOT_FOUND, "no-such-version", "No car with this id had this version, or was there then.")


def _car(found: CarAsOf, headers: Mapping[str, str]) -> Response[Any]:
    """Answer with a car, or what its preconditions make of that, in the order of RFC 9110, section 13.2.2."""
    given = read_preconditions_of_read(headers)
    if isinstance(found.state, Car):
        if given.if_match and not given.if_match.match_strongly(found.version):
            return precondition_failed()
        if given.if_none_match and given.if_none_match.match_weakly(found.version):
            return Response(HTTPStatus.NOT_MODIFIED.value, body="", headers=car_headers(found.version))
    return car_answer(found)


def _events(car_id: str, events: list[PublishedEvent] | None, limit: int) -> Response[Any]:
    if events is None:
        return car_not_found()
    page: dict[str, Any] = {"carId": car_id, "events": [_event(event) for event in events]}
    if len(events) == limit:
        page["next"] = f"?after={events[-1].version}&limit={limit}"
    return _ok(page)


def _event(published: PublishedEvent) -> dict[str, Any]:
    commit = published.commit
    return {
        "version": published.version,
        **published.event,
        "occurredAt": write_time(commit.occurred_at),
        "actor": commit.actor,
        "commandId": commit.command_id,
        "correlationId": commit.correlation_id,
    }


def _command(car_id: str, command_id: str, outcome: CommandOutcome | None) -> Response[Any]:
    body: dict[str, Any] = {"carId": car_id, "commandId": command_id}
    match outcome:
        case None:
            return problem(HTTPStatus.NOT_FOUND, "command-not-found", "This car has no such command.")
        case Pending():
            return _ok({**body, "status": "pending"})
        case CommandSucceeded(version):
            return _ok({**body, "status": "succeeded", "version": version})
        case RecordedOutcome(status=status, reasons=reasons, decided_at=decided_at, version=version):
            body |= {"status": status.value, "decidedAt": write_time(decided_at)}
            body |= {"version": version} if version else {}
            return _ok(body | ({"errors": [refusal_entry(reason) for reason in reasons]} if reasons else {}))
        case _:
            assert_never(outcome)


def _ok(body: dict[str, Any]) -> Response[Any]:
    return Response(HTTPStatus.OK.value, JSON, body, {"Cache-Control": "no-cache"})
