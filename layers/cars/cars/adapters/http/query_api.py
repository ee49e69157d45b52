"""The read side: a car, its events, and what became of a command."""

from http import HTTPStatus
from typing import Any, assert_never

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import Response

from cars.adapters.clock import write_time
from cars.adapters.http.entity_tags import entity_tag, none_match
from cars.adapters.http.models import After, CarIdPath, CommandIdPath, Limit
from cars.adapters.http.problems import problem, refusal_entry
from cars.adapters.http.resolver import Resolver, make_resolver
from cars.application.outcomes import RecordedOutcome
from cars.application.publishing import PublishedEvent
from cars.application.querying import CarQueries, CommandOutcome, CommandSucceeded, Pending
from cars.domain.car import Car
from cars.domain.representation import represent
from cars.domain.root import CarEvent, CarState, Gone
from cars.domain.stored_events import write_event
from trigger_pattern import Rehydrated

DEFAULT_LIMIT = 50


def query_api(queries: CarQueries, logger: Logger) -> Resolver:
    """Make the API's three GET routes."""
    app = make_resolver(logger)
    add_query_routes(app, queries)
    return app


def add_query_routes(app: Resolver, queries: CarQueries) -> None:
    """Add the routes that read; the OpenAPI document is made of the same ones."""

    @app.get("/cars/<carId>")
    def get_car(car_id: CarIdPath) -> Response[Any]:
        return _car(queries.car(str(car_id)), app.current_event.headers.get("if-none-match", ""))

    @app.get("/cars/<carId>/events")
    def get_events(car_id: CarIdPath, after: After = 0, limit: Limit = DEFAULT_LIMIT) -> Response[Any]:
        return _events(str(car_id), queries.events(str(car_id), after, limit), limit)

    @app.get("/cars/<carId>/commands/<commandId>")
    def get_command(car_id: CarIdPath, command_id: CommandIdPath) -> Response[Any]:
        return _command(str(car_id), str(command_id), queries.command(str(car_id), command_id))


def _car(found: Rehydrated[CarState, CarEvent], if_none_match: str) -> Response[Any]:
    match found.state:
        case Car() if not if_none_match or none_match(if_none_match, found.version):
            return _ok({"carId": str(found.state.car_id), **represent(found.state)}, found.version)
        case Car():
            return Response(HTTPStatus.NOT_MODIFIED.value, body="", headers=_headers(found.version))
        case Gone():
            return problem(HTTPStatus.GONE, "car-deleted", "This car was deleted; its events can still be read.")
        case _:
            return _car_not_found()


def _car_not_found() -> Response[Any]:
    return problem(HTTPStatus.NOT_FOUND, "car-not-found", "No car with this id was ever registered.")


def _events(car_id: str, events: list[PublishedEvent] | None, limit: int) -> Response[Any]:
    if events is None:
        return _car_not_found()
    page: dict[str, Any] = {"carId": car_id, "events": [_event(event) for event in events]}
    if len(events) == limit:
        page["next"] = f"/cars/{car_id}/events?after={events[-1].version}&limit={limit}"
    return _ok(page)


def _event(published: PublishedEvent) -> dict[str, Any]:
    commit = published.commit
    return {
        "version": published.version,
        **write_event(published.event),
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
        case RecordedOutcome(status=status, reasons=reasons, decided_at=decided_at):
            errors = {"errors": [refusal_entry(reason) for reason in reasons]} if reasons else {}
            return _ok({**body, "status": status.value, "decidedAt": write_time(decided_at), **errors})
        case _:
            assert_never(outcome)


def _ok(body: dict[str, Any], version: int | None = None) -> Response[Any]:
    return Response(HTTPStatus.OK.value, "application/json", body, _headers(version))


def _headers(version: int | None) -> dict[str, str]:
    return {"Cache-Control": "no-cache"} | ({"ETag": entity_tag(version)} if version else {})
