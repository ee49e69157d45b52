"""`GET /openapi.json` and `GET /docs`: what they need is loaded when they are asked for, so nobody else pays."""

import json
from functools import cache
from http import HTTPStatus
from pathlib import Path

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.compression import negotiated
from cars.adapters.http.problems import JSON
from cars.adapters.http.resolver import Resolver


def add_docs_routes(app: Resolver, description: Path) -> None:
    """Add the routes that describe the API; they are not part of the description.

    `description` is the file with the OpenAPI document, read when it is first asked for.
    """

    def answer(media_type: str, body: str, headers: dict[str, str]) -> Response[str]:
        found = Response(HTTPStatus.OK.value, media_type, body, {"Cache-Control": "no-cache", **headers})
        return negotiated(found, app.current_event.headers.get("accept-encoding", ""))

    @app.get("/openapi.json", include_in_schema=False)
    def get_openapi() -> Response[str]:
        return answer(JSON, _compact(description), {})

    @app.get("/docs", include_in_schema=False)
    def get_docs() -> Response[str]:
        page, policy = _page()
        security = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
        return answer("text/html; charset=utf-8", page, security)


@cache
def _compact(file: Path) -> str:
    """Return a file's JSON without the blanks that are there for readers."""
    return json.dumps(json.loads(file.read_text(encoding="utf-8")), separators=(",", ":"))


@cache
def _page() -> tuple[str, str]:
    from cars.adapters.http.docs_page import content_security_policy, docs_page  # noqa: PLC0415 - nobody else pays

    return docs_page(), content_security_policy()
