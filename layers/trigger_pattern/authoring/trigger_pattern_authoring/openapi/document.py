"""The whole OpenAPI document: the API of any resources."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.http.exchange import problem_type
from trigger_pattern.http.installation import SCHEMES
from trigger_pattern.http.problems import NOT_FOUND
from trigger_pattern.http.routes import ASYNCAPI, COLLECTION, COMMAND, DESCRIPTION, DOCS, EVENTS, ITEM, ROUTES, SCHEMA
from trigger_pattern_authoring.openapi import commands, queries
from trigger_pattern_authoring.openapi.bodies import value_schemas
from trigger_pattern_authoring.openapi.cloud_events import batch_schemas
from trigger_pattern_authoring.openapi.events import event_schemas
from trigger_pattern_authoring.openapi.headers import ANSWER_HEADERS
from trigger_pattern_authoring.openapi.outcomes import outcome_schemas
from trigger_pattern_authoring.openapi.parameters import path_parameters
from trigger_pattern_authoring.openapi.responses import shared_responses
from trigger_pattern_authoring.openapi.schemas import SHARED_SCHEMAS, Json
from trigger_pattern_authoring.openapi.stack import Stack
from trigger_pattern_authoring.openapi.subject import Subject

OPERATIONS: Final[Mapping[str, Callable[[Subject], Json]]] = {
    f"POST {COLLECTION}": commands.post,
    f"GET {COLLECTION}": queries.get_list,
    f"GET {ITEM}": queries.get_item,
    f"PUT {ITEM}": commands.put,
    f"PATCH {ITEM}": commands.patch,
    f"DELETE {ITEM}": commands.delete,
    f"GET {EVENTS}": queries.get_events,
    f"GET {COMMAND}": queries.get_command,
}
"""By method and route, what describes it."""

NOT_DESCRIBED: Final = (DESCRIPTION, DOCS, ASYNCAPI, SCHEMA)
"""Routes that are for readers of a description: of this one, or of the events'."""

SECURITY: Final[Json] = {
    SCHEMES["AWS_IAM"]: {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "AWS Signature Version 4, for the service execute-api",
        "x-amazon-apigateway-authtype": "awsSigv4",
    },
    SCHEMES["JWT"]: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}


SERVER: Final[Json] = {
    "url": "https://{apiId}.execute-api.{region}.amazonaws.com",
    "description": "An installation, as API Gateway names it. A copy that is served has its own address",
    "variables": {
        "apiId": {"default": "a1b2c3d4e5", "description": "The API's id"},
        "region": {"default": "eu-central-1", "description": "The AWS region"},
    },
}


_PARTS: Final = (value_schemas, event_schemas, batch_schemas, outcome_schemas)


def openapi_document(resources: Sequence[AnyResource], stack: Stack) -> Json:
    """Return the description of these resources' API. Raises ValueError if two components have one name."""
    subjects = [Subject.of(resource, stack) for resource in resources]
    schemas = [part(subject) for subject in subjects for part in _PARTS]
    return {
        "openapi": "3.1.0",
        "info": _info(stack),
        **({"externalDocs": {"url": stack.documentation, "description": "For people"}} if stack.documentation else {}),
        "servers": [SERVER],
        "security": [{name: []} for name in SECURITY],
        "tags": [{"name": queries.CHANGES, "description": "Commands and their outcomes"}, *map(_tag, subjects)],
        "paths": _together(_paths(subject) for subject in subjects),
        "components": {
            "schemas": _together([*schemas, SHARED_SCHEMAS]),
            "headers": ANSWER_HEADERS,
            "responses": shared_responses(stack.service),
            "securitySchemes": SECURITY,
        },
    }


def written(document: Json) -> str:
    """Return the document's text as its file has it."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _info(stack: Stack) -> Json:
    not_found = problem_type(stack.service, NOT_FOUND.code)
    return {
        "title": stack.title,
        "version": stack.version,
        "summary": stack.summary,
        **({"license": {"name": stack.license, "identifier": stack.license}} if stack.license else {}),
        **({"contact": dict(stack.contact)} if stack.contact else {}),
        "description": "Every change is an event, kept for ever. Clients send representations; the system finds out "
        "which changes they mean. A write is answered with `202` as soon as its command is on the queue; with "
        "`Prefer: wait=n` the answer waits for the outcome.\n\n"
        "There may be new types of events and problems, statuses, members of objects and values of enumerations. "
        "Clients should ignore what they do not know.\n\n"
        "Every error is a problem document (RFC 9457) with a `type` to decide by, except those of API Gateway itself. "
        "`HEAD` is answered like `GET`, without the body. A path that is not listed here is a `404` of the type "
        f"`{not_found}`, and a method that its path does not have is a `405` with `Allow`.\n\n"
        "Which of the two authorizations is required is a parameter of an installation; on a single machine, none is.",
    }


def _tag(subject: Subject) -> Json:
    return {"name": subject.tag, "description": f"{subject.tag} and their events"}


def _paths(subject: Subject) -> Json:
    """Describe every route of a resource, in the order of ROUTES. Raises LookupError for one without a description."""
    paths: Json = {}
    for template, methods in ROUTES.items():
        if template not in NOT_DESCRIBED:
            path = template.replace("{resource}", subject.resource.plural).replace("{id}", f"{{{subject.id}}}")
            paths[path] = dict(_operations(subject, template, path, methods))
    return paths


def _operations(subject: Subject, template: str, path: str, methods: Iterable[str]) -> Iterator[tuple[str, Json]]:
    for method in methods:
        if method != "HEAD":  # described with GET
            described = OPERATIONS[f"{method} {template}"](subject)
            answers = {str(status.value): each for status, each in sorted(described["responses"].items())}
            parameters = [*path_parameters(subject, path), *described["parameters"]]
            yield method.lower(), {**described, "parameters": parameters, "responses": answers}


def _together(parts: Iterable[Mapping[str, Json]]) -> Json:
    """Return the union. Raises ValueError for a name that two parts have."""
    whole: Json = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"two of the document's parts are called {', '.join(sorted(twice))}")
        whole.update(part)
    return whole
