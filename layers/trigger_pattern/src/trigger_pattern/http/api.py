"""An API: it turns an event of API Gateway into the route's answer, and every error into a problem document."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aws_lambda_powertools import Logger

from trigger_pattern.application.submitting import Unavailable
from trigger_pattern.http.exchange import Answer, Context, Problem, ProblemFound, Request, written
from trigger_pattern.http.problems import INTERNAL_ERROR, UNAVAILABLE
from trigger_pattern.http.routes import no_such_route

Handler: TypeAlias = Callable[[Request], Answer | Problem]
Routes: TypeAlias = Mapping[str, Handler]
"""The functions that answer routes, by method and template: `PUT /{resource}/{id}`."""


@dataclass(frozen=True)
class Api:
    """The routes of each resource, by its plural, and the routes of no resource.

    `service` names the API in the URNs of its problems.
    """

    service: str
    resources: Mapping[str, Routes]
    logger: Logger
    others: Routes = field(default_factory=dict[str, Handler])

    def resolve(self, event: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """Answer an HTTP API event (payload format 2.0)."""
        request = Request.of(event, context)
        try:
            answer = self._answer(request)
        except ProblemFound as found:
            answer = found.problem
        except Exception as fault:
            self.logger.exception("a request failed")
            answer = UNAVAILABLE if isinstance(fault, Unavailable) else INTERNAL_ERROR
        shown = answer.answer(self.service) if isinstance(answer, Problem) else answer
        return written(shown, is_head=request.is_head)

    def _answer(self, request: Request) -> Answer | Problem:
        """Answer by the route. The path itself may begin with a base path, whose end no event shows."""
        plural = request.path_parameters.get("resource")
        routes = self.others if plural is None else self.resources.get(plural, {})
        handler = routes.get(f"{request.method} {request.template}")
        return handler(request) if handler else no_such_route(_path(request), self.resources)


def _path(request: Request) -> str:
    """Return the route's template filled in; for a request that fits no route, its path."""
    if not request.template:
        return str(request.event["rawPath"])
    return re.sub(r"{(\w+)}", lambda found: request.path_parameters[found[1]], request.template)
