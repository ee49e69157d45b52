"""`GET /openapi.json` and `GET /docs`. Their modules are imported on request, so that other requests start faster."""

import base64
import gzip
import json
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from trigger_pattern.http.api import Routes
from trigger_pattern.http.exchange import JSON, Answer, Request
from trigger_pattern.http.headers import accepts_gzip
from trigger_pattern.http.installation import Installation
from trigger_pattern.http.routes import DESCRIPTION, DOCS


@dataclass(frozen=True)
class Docs:
    """Serves an installation's description. `description` is the file with the OpenAPI document."""

    description: Path
    installation: Installation

    def routes(self) -> Routes:
        """Return the function that answers each route."""
        return {f"GET {DESCRIPTION}": self.openapi, f"GET {DOCS}": self.page}

    def openapi(self, request: Request) -> Answer:
        """Answer with the description, in OpenAPI 3.1."""
        address = self.installation.address(request)
        return _answer(request, JSON, _compact(self.description, self.installation, address), {})

    def page(self, request: Request) -> Answer:
        """Answer with a page that shows the description."""
        page, policy = _page(self.description)
        security = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
        return _answer(request, "text/html; charset=utf-8", page, security)


def _answer(request: Request, media_type: str, body: str, headers: dict[str, str]) -> Answer:
    found = Answer(HTTPStatus.OK, body, {"Cache-Control": "no-cache", **headers}, media_type)
    return negotiated(found, request.headers.get("accept-encoding", ""))


def negotiated(answer: Answer, accept_encoding: str) -> Answer:
    """Return an answer whose body is a text, compressed if the client accepts that, with `Vary`."""
    headers = {**answer.headers, "Vary": "Accept-Encoding"}
    if not accepts_gzip(accept_encoding):
        return replace(answer, headers=headers)
    zipped = _gzipped(str(answer.body))
    return replace(answer, headers={**headers, "Content-Encoding": "gzip"}, body=zipped, is_base64=True)


@lru_cache(maxsize=8)
def _gzipped(text: str) -> str:
    """Return a text compressed and in base64, as API Gateway expects it."""
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


@lru_cache(maxsize=4)
def _compact(file: Path, installation: Installation, address: str) -> str:
    """Return the text that is served at an address, without insignificant blanks. Few addresses' texts are kept."""
    return json.dumps(installation.served(_document(file), address), separators=(",", ":"))


@cache
def _document(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8")))


@cache
def _page(file: Path) -> tuple[str, str]:
    from trigger_pattern.http.docs_page import content_security_policy, docs_page  # noqa: PLC0415 - on request only

    return docs_page(_document(file)["info"]["title"]), content_security_policy()
