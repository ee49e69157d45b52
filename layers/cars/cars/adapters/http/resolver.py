"""What both APIs share: a Powertools resolver whose every error is a problem document."""

from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ResponseBuilder
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.http.conditions import InvalidHeader, NoSuchVersion
from cars.adapters.http.parameters import unknown_in
from cars.adapters.http.problems import invalid, json_pointer, problem
from cars.adapters.http.request_body import check_body, parse_json
from cars.adapters.http.routes import no_such_route
from cars.adapters.http.routing import as_routed, is_head, without_body
from cars.adapters.json_text import NotJson, RepeatedName
from cars.application.submitting import Unavailable

RETRY_AFTER_SECONDS = 2

_FAULTS = {
    "missing": ("missing-value", "A value is required."),
    "model_attributes_type": ("invalid-value", "Expected a JSON object."),
}
"""Pydantic's types of fault, in this API's words."""


Check: TypeAlias = Callable[[APIGatewayProxyEventV2], Iterable[Mapping[str, str]]]


class Resolver(APIGatewayHttpResolver):
    """Looks at a body before Powertools parses it, which takes any media type and any size.

    `checks` has, by route, what Powertools cannot see: faults of the body, of headers, and of several values together.
    """

    def __init__(self) -> None:
        """Make one without routes."""
        super().__init__(enable_validation=True, json_body_deserializer=parse_json)
        self.checks: dict[str, Check] = {}

    def also_wrong(self) -> list[Mapping[str, str]]:
        """Return an entry for each fault of the current request beside the parameters that Powertools refuses."""
        event = self.current_event
        check = self.checks.get(event.route_key)
        return [*unknown_in(event), *(check(event) if check else ())]

    def resolve(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        """Answer an HTTP API event (payload format 2.0)."""
        answer = self._answer(as_routed(event), context)
        return without_body(answer) if is_head(event) else answer

    def _answer(self, event: Mapping[str, Any], context: LambdaContext) -> dict[str, Any]:
        checked = check_body(event)
        if isinstance(checked, Response):
            return ResponseBuilder[APIGatewayProxyEventV2](checked).build(APIGatewayProxyEventV2(dict(event)))
        return super().resolve(checked, context)


def make_resolver(logger: Logger) -> Resolver:
    """Make a resolver that answers its errors, 404 and 405 too, as problem documents and logs our own faults."""

    def log_fault(error: Exception) -> Response[str]:
        logger.error("a request failed", exc_info=error)
        return _unavailable() if isinstance(error, Unavailable) else _internal_error()

    def no_route(_: NotFoundError) -> Response[str]:
        return no_such_route(app.current_event.raw_event)

    def not_valid(error: RequestValidationError) -> Response[str]:
        return invalid([*map(_entry, error.errors()), *app.also_wrong()])

    def invalid_header(_: InvalidHeader) -> Response[str]:
        return invalid(app.also_wrong())  # a check of the route names the header too

    app = Resolver()
    app.exception_handler(NotJson)(_not_json)
    app.exception_handler(RequestValidationError)(not_valid)
    app.exception_handler(NoSuchVersion)(_no_such_version)
    app.exception_handler(InvalidHeader)(invalid_header)
    app.exception_handler(NotFoundError)(no_route)
    app.exception_handler(Exception)(log_fault)
    return app


def _not_json(error: NotJson) -> Response[str]:
    repeated = isinstance(error, RepeatedName)
    detail = "An object in the body has two members of one name." if repeated else "The body is not JSON."
    return problem(HTTPStatus.BAD_REQUEST, "malformed-body", detail)


def _no_such_version(_: NoSuchVersion) -> Response[str]:
    return problem(HTTPStatus.PRECONDITION_FAILED, "version-conflict", "No version of a car has the tag of If-Match.")


def _unavailable() -> Response[str]:
    headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
    detail = "The request may not have been accepted. Try it again."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail, headers)


def _internal_error() -> Response[str]:
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal-error", "The fault is on this side, and was noted.")


def _entry(fault: Mapping[str, Any]) -> dict[str, str]:
    place, *path = fault["loc"]
    where = {"pointer": json_pointer(path)} if place == "body" else {"parameter": str(path[0])}
    if fault["type"] == "value_error":  # raised by one of the domain's readers
        return {"code": "invalid-value", "detail": f"Expected {fault['ctx']['error']}.", **where}
    code, detail = _FAULTS.get(fault["type"], ("invalid-value", f"{fault['msg']}."))
    return {"code": code, "detail": detail, **where}
