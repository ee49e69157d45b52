"""`GET /asyncapi.yaml` and `GET /schemas/{resource}/{event}/{version}`: what readers of events can rely on."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.schemas import event_schema
from trigger_pattern.definition.stored import schema_version
from trigger_pattern.http.api import Routes
from trigger_pattern.http.docs import negotiated
from trigger_pattern.http.exchange import Answer, Problem, Request
from trigger_pattern.http.problems import NOT_FOUND
from trigger_pattern.http.routes import ASYNCAPI, SCHEMA

ASYNCAPI_YAML: Final = "application/vnd.aai.asyncapi+yaml"
SCHEMA_JSON: Final = "application/schema+json"


@dataclass(frozen=True)
class EventDocs:
    """Serves the description of all events. `file` is the AsyncAPI document; without one, there is none to serve."""

    file: Path

    def routes(self) -> Routes:
        """Return the function that answers the route."""
        return {f"GET {ASYNCAPI}": self.asyncapi}

    def asyncapi(self, request: Request) -> Answer | Problem:
        """Answer with the description, in AsyncAPI 3.0."""
        return _served(request, ASYNCAPI_YAML, self.file)


@dataclass(frozen=True)
class EventSchemas:
    """Serves the schemas of a resource's events, at the path that their URIs end with.

    `folder` has the published ones as `Opened.1.json`. One that the code writes is served even if it is not published.
    """

    resource: AnyResource
    folder: Path

    def routes(self) -> Routes:
        """Return the function that answers the route."""
        return {f"GET {SCHEMA}": self.schema}

    def schema(self, request: Request) -> Answer | Problem:
        """Answer with the JSON Schema of one version of an event's data."""
        event, version = request.path_parameters["event"], request.path_parameters["version"]
        published = {file.name: file for file in self.folder.glob("*.json")}
        if file := published.get(f"{event}.{version}.json"):
            return _served(request, SCHEMA_JSON, file)
        if event in self.resource.events and version == str(schema_version(self.resource, event)):
            return _answer(request, SCHEMA_JSON, json.dumps(event_schema(self.resource, event)))
        return NOT_FOUND


def _served(request: Request, media_type: str, file: Path) -> Answer | Problem:
    return _answer(request, media_type, file.read_text(encoding="utf-8")) if file.exists() else NOT_FOUND


def _answer(request: Request, media_type: str, text: str) -> Answer:
    answer = Answer(HTTPStatus.OK, text, {"Cache-Control": "no-cache"}, media_type)
    return negotiated(answer, request.headers.get("accept-encoding", ""))
