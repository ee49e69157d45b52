"""`GET /openapi.json` and `GET /docs`: what they need is imported when they are asked for, so nobody else pays."""

from functools import cache
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import Response

from cars.adapters.http.resolver import Resolver


def add_docs_routes(app: Resolver) -> None:
    """Add the routes that describe the API; they are not part of the description."""

    @app.get("/openapi.json", include_in_schema=False, compress=True)
    def get_openapi() -> Response[Any]:
        return Response(HTTPStatus.OK.value, "application/json", _document(), {"Cache-Control": "no-cache"})

    @app.get("/docs", include_in_schema=False, compress=True)
    def get_docs() -> Response[Any]:
        page, policy = _page()
        headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
        return Response(HTTPStatus.OK.value, "text/html; charset=utf-8", page, headers)


@cache
def _document() -> dict[str, Any]:
    from cars.adapters.http.openapi.document import openapi_document  # noqa: PLC0415 - nobody else pays

    return openapi_document()


@cache
def _page() -> tuple[str, str]:
    from cars.adapters.http.docs_page import content_security_policy, docs_page  # noqa: PLC0415 - nobody else pays

    return docs_page(), content_security_policy()
