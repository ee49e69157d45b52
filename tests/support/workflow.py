"""Workflows of docs/arazzo.yaml (Arazzo 1.0), and what runs them: as much of the specification as they use."""

import json
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from importlib import import_module
from typing import Any, Final
from urllib.parse import quote

import httpx

from tests.support.system import DESCRIPTION
from tools.local.client import CarClient
from tools.paths import ROOT

Json = dict[str, Any]

yaml: Any = import_module("yaml")
DOCUMENT: Final[Json] = yaml.safe_load((ROOT / "docs" / "arazzo.yaml").read_text(encoding="utf-8"))
OPENAPI: Final[Json] = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
OPERATIONS: Final[Mapping[str, tuple[str, str, Json]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, item in OPENAPI["paths"].items()
    for method, operation in item.items()
}
"""Method, path and description of each operation, by its id."""

_CONDITION = re.compile(r"(\S+) == (.+)")


def steps() -> Iterator[Json]:
    """Yield the steps of all workflows."""
    yield from (step for workflow in DOCUMENT["workflows"] for step in workflow["steps"])


@dataclass
class Run:
    """One run of a workflow. `inputs` are its own, `outputs` those of its steps by their ids."""

    client: CarClient
    inputs: Mapping[str, str]
    outputs: dict[str, Json] = field(default_factory=dict[str, Json])

    def run(self, workflow: Json) -> None:
        """Take every step; fail at the first that does not succeed."""
        for step in workflow["steps"]:
            self._take(step)

    def _take(self, step: Json) -> None:
        [retry] = step.get("onFailure", [{"retryLimit": 0}])
        for attempts_left in range(retry["retryLimit"], -1, -1):
            answer = self._sent(step)
            failed = [each["condition"] for each in step["successCriteria"] if not self._holds(each, answer)]
            if not failed:
                outputs = step.get("outputs", {})
                self.outputs[step["stepId"]] = {name: self._value(each, answer) for name, each in outputs.items()}
                return
            assert attempts_left, (step["stepId"], failed, answer.status_code, answer.text)
            time.sleep(retry["retryAfter"])

    def _sent(self, step: Json) -> httpx.Response:
        method, path, _ = OPERATIONS[step["operationId"]]
        given: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
        for each in step["parameters"]:
            given[each["in"]][each["name"]] = str(self._value(each["value"]))
        for name, value in given["path"].items():
            path = path.replace(f"{{{name}}}", quote(value, safe=""))
        body, headers = step.get("requestBody"), given["header"]
        if body:
            headers = {**headers, "Content-Type": body["contentType"]}
            body = {name: self._value(value) for name, value in body["payload"].items()}
        return self.client.request(method, str(httpx.URL(path, params=given["query"])), body, headers)

    def _holds(self, criterion: Json, answer: httpx.Response) -> bool:
        compared = _CONDITION.fullmatch(criterion["condition"])
        assert compared, criterion
        left, right = compared.groups()
        literal = right if right.startswith("$") else yaml.safe_load(right)
        return bool(self._value(left, answer) == self._value(literal, answer))

    def _value(self, value: Any, answer: httpx.Response | None = None) -> Any:
        """Return the value of a runtime expression, and anything else as it is; None if the answer has none."""
        match re.split(r"[.#]", value, maxsplit=2) if isinstance(value, str) and value.startswith("$") else value:
            case ["$inputs", name]:
                return self.inputs[name]
            case ["$steps", step, output]:
                return self.outputs[step][output.removeprefix("outputs.")]
            case ["$statusCode"] if answer:
                return answer.status_code
            case ["$response", "header", name] if answer:
                return answer.headers.get(name)
            case ["$response", "body", pointer] if answer:
                return _at(answer.json(), pointer)
            case _:
                return value


def _at(body: Any, pointer: str) -> Any:
    """Return what a JSON Pointer without escapes leads to (RFC 6901); None if there is nothing."""
    try:
        return reduce(lambda found, part: found[int(part) if part.isdigit() else part], pointer.split("/")[1:], body)
    except LookupError:
        return None
