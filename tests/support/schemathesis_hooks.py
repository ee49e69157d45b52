"""What schemathesis cannot know of this API, and a count of what it came by."""

import atexit
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

import schemathesis
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.generation.meta import TestPhase

Case: TypeAlias = schemathesis.Case[Any]

_TAG = re.compile(r'\*|"[1-9][0-9]{0,9}"')

HARMLESS = {"If-Match": "*", "If-None-Match": '"0"'}
"""A precondition that every car that is there meets."""

MODELS = {"Ford": "Escape", "BMW": "M3"}
"""A model of each make: no schema says which go together."""

_CORRELATION_ID = re.compile("[!-~]{1,64}")

SEEN: Counter[str] = Counter()
"""How often each operation gave each status: `getCar 200`."""


@schemathesis.hook
def filter_case(context: schemathesis.HookContext, case: Case) -> bool:
    """Leave out requests that are wrong in X-Correlation-Id alone: by the description that is no error."""
    return bool(_CORRELATION_ID.fullmatch(_correlation_id(case)))


def _correlation_id(case: Any) -> str:
    return str(case.headers.get("X-Correlation-Id", "-")) if case.headers else "-"


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: Case, **_: object) -> None:
    """Make of a request that the schema allows one that can succeed, whatever went before it."""
    if case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
        _repair(case)
        if case.meta.phase.name is TestPhase.STATEFUL:
            _lead_on(case)


def _repair(case: Any) -> None:
    if "Idempotency-Key" in case.headers:  # one that another request had would be refused, and rightly
        case.headers["Idempotency-Key"] = str(uuid4())
    for header, harmless in HARMLESS.items():
        if header in case.headers and not _TAG.fullmatch(case.headers[header]):  # an idea of schemathesis' own
            case.headers[header] = harmless
    if isinstance(case.body, dict):
        case.body.pop("carId", None)  # it would have to be the one in the path
        if {"make", "model"} <= case.body.keys():
            case.body["model"] = MODELS[case.body["make"]]


def _lead_on(case: Case) -> None:
    """Create a car for the requests that follow."""
    if "Prefer" in case.headers:
        case.headers["Prefer"] = "wait=20"
    if isinstance(case.body, dict) and "year" in case.body:
        case.body["year"] = 2009  # every model was built then
        case.body["mileage"] = 0


@schemathesis.hook
def after_call(context: schemathesis.HookContext, case: Case, response: Response) -> None:
    """Count the answer."""
    SEEN[f"{case.operation.definition.raw['operationId']} {response.status_code}"] += 1


@atexit.register
def write() -> None:
    """Leave the counts to the test that started this."""
    Path(os.environ["SCHEMATHESIS_SEEN"]).write_text(json.dumps(SEEN))
