"""The functions' own modules, loaded as Lambda does: with the environment that the template gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from tests.support.lambda_context import FakeContext
from tests.support.template import mapped, properties_of, template
from trigger_pattern.definition.resource import AnyResource

ROOT_FOLDER = Path(__file__).parents[2]
LITERALS = {
    "API_ENDPOINT": "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com",
    "AUTHORIZATION": "AWS_IAM",
    "EVENT_SOURCE": "tag:example.com,2026:cars/cars-local",
    "EVENTS_TOPIC_TYPE": "fifo",
    "LONGEST_WAIT_SECONDS": "20",
    "RESOURCE": "car",
    "READ_BY": "",
    "CarHandledBy": "",
    "STACK_NAME": "cars-local",
}
"""Variables that the template makes of the stack's name, parameters and loops, and of other functions."""

OTHERS = tuple(str(kind) for kind in template()["Mappings"]["Kinds"] if kind != "Car")
"""The resources beside cars. The APIs are told their places too, and no test that loads a function goes there."""

Handler = Callable[[dict[str, Any], FakeContext], Any]


@dataclass(frozen=True)
class Functions:
    """The handlers by the functions' logical ids."""

    handlers: Mapping[str, Handler]

    def invoke(self, function: str, event: dict[str, Any]) -> Any:
        """Invoke a function with an event."""
        return self.handlers[function](event, FakeContext())


def load_functions(resources: Mapping[str, str], *logical_ids: str, kind: AnyResource | None = None) -> Functions:
    """Load functions whose environment names these resources, given by their logical ids.

    With `kind`, they are those of a stack which has this resource alone.
    """
    return Functions({logical_id: _load_handler(logical_id, resources, kind) for logical_id in logical_ids})


def environment_of(logical_id: str, resources: Mapping[str, str], kind: AnyResource | None = None) -> dict[str, str]:
    """Return the environment variables that the template gives a function."""
    variables: Mapping[str, Any] = properties_of(logical_id, kind)["Environment"]["Variables"]
    literals = (
        _literals_of(kind) if kind else {**LITERALS, **{name: name for name in variables if name.startswith(OTHERS)}}
    )
    found = {name: literals[name] if name in literals else _variable(of, resources) for name, of in variables.items()}
    return {"POWERTOOLS_SERVICE_NAME": "cars", **found}


def _load_handler(logical_id: str, resources: Mapping[str, str], kind: AnyResource | None) -> Handler:
    path = ROOT_FOLDER / properties_of(logical_id, kind)["CodeUri"] / "app.py"
    spec = spec_from_file_location(f"functions.{logical_id}", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment_of(logical_id, resources, kind).items():
            patch.setenv(name, value)
        spec.loader.exec_module(module)
    handler: Handler = module.handler
    return handler


def _literals_of(kind: AnyResource) -> dict[str, str]:
    own = {"EVENT_SOURCE": f"{kind.source}cars-local", "RESOURCE": kind.name, f"{kind.kind}HandledBy": ""}
    return {**LITERALS, **own}


def _variable(value: Any, resources: Mapping[str, str]) -> str:
    return resources[value["Ref"]] if "Ref" in value else str(mapped(value))
