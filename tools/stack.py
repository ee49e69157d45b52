"""A deployed stack's names and addresses, and the file that holds them."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from resources import RESOURCES
from tools.aws import Aws, emulated
from tools.paths import STACK_FILE
from trigger_pattern.definition.resource import AnyResource

CONTAINERS_HOST = "host.docker.internal"
"""This machine's name in a container: Docker Desktop's own, set on Linux by `--add-host` (samconfig.toml)."""

API_FUNCTIONS = ("CommandApi", "QueryApi")
"""The functions that all resources share, by their names in the template."""


def functions_of(resource: AnyResource) -> tuple[str, ...]:
    """Return the names that a resource's own functions have in the template."""
    return tuple(f"{resource.kind}{function}" for function in ("CommandHandler", "EventBroadcaster", "Projector"))


FUNCTIONS = (*API_FUNCTIONS, *(function for resource in RESOURCES for function in functions_of(resource)))
"""Every function of the stack, by its name in the template."""


@dataclass(frozen=True)
class Pipeline:
    """One resource's part of a stack, from its commands to its view and its events."""

    events_table: str
    outcomes_table: str
    view_table: str
    tickets_table: str
    commands_queue_url: str
    commands_dlq_url: str
    broadcast_dlq_url: str
    projector_dlq_url: str
    events_topic_arn: str
    event_source: str
    """The CloudEvents source of every event."""
    functions: dict[str, str]
    """The deployed name of each of its functions, by its name in the template."""


@dataclass(frozen=True)
class Stack:
    """What a client, a test or an operator needs to know of a running stack. Written with camelCase names."""

    api_url: str
    """Without a slash at its end; append a resource's plural: `/cars`."""
    aws_endpoint_url: str
    """The emulator's; empty on AWS itself."""
    region: str
    events_topic_type: str
    """Of every resource's topic: fifo or standard."""
    api_functions: dict[str, str]
    """The deployed name of each function of the API, by its name in the template."""
    pipelines: dict[str, Pipeline]
    """Each resource's part, by the resource's name."""

    def of(self, resource: str) -> Pipeline:
        """Return the part of a resource, given by its name. Raises KeyError if the stack does not have it."""
        return self.pipelines[resource]

    @property
    def functions(self) -> dict[str, str]:
        """The deployed name of every function, by its name in the template."""
        own = (pipeline.functions for pipeline in self.pipelines.values())
        return {logical: name for functions in (self.api_functions, *own) for logical, name in functions.items()}

    @property
    def aws(self) -> Aws:
        """Clients for the stack's emulator."""
        return emulated(self.aws_endpoint_url, self.region)

    @property
    def port(self) -> int:
        """The emulator's port."""
        return urlsplit(self.aws_endpoint_url).port or 0

    def write(self, file: Path) -> None:
        """Write the stack to `file` at once, so that no reader sees half of it."""
        pipelines = {name: _camel(asdict(pipeline)) for name, pipeline in self.pipelines.items()}
        _write(file, {**_camel(asdict(self)), "pipelines": pipelines})

    def write_environment(self, file: Path) -> None:
        """Write each function's variables as `sam local invoke --env-vars` reads them, for use in a container."""
        _write(file, {logical: self._variables(name) for logical, name in self.functions.items()})

    def _variables(self, function: str) -> dict[str, str]:
        found = self.aws.functions().get_function_configuration(FunctionName=function)
        endpoint = f"http://{CONTAINERS_HOST}:{self.port}"
        return {**found.get("Environment", {}).get("Variables", {}), "AWS_ENDPOINT_URL": endpoint}

    @classmethod
    def read(cls, file: Path = STACK_FILE) -> "Stack":
        """Read the stack that `write` wrote."""
        content = json.loads(file.read_text())
        pipelines = {name: Pipeline(**_named(Pipeline, part)) for name, part in content["pipelines"].items()}
        shared: dict[str, Any] = {**_named(cls, content), "pipelines": pipelines}
        return cls(**shared)


def _camel(content: Mapping[str, Any]) -> dict[str, Any]:
    return {_camel_name(name): value for name, value in content.items()}


def _named(kind: type[Stack] | type[Pipeline], content: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: content[_camel_name(field.name)] for field in fields(kind)}


def _camel_name(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


def _write(file: Path, content: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(content, indent=2) + "\n")
    draft.replace(file)
