"""The functions themselves, `functions/*/app.py`, loaded as Lambda does, with the world for their AWS and clock.

What is replaced while a module is loaded is what it takes from outside: what makes clients, the clock, the sleep and
the randomness that it hands to its parts. Everything else is the real code.
"""

import json
import logging
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from botocore.config import Config

import resources
import trigger_pattern.application.clock
from tests.simulation.world import settings
from tests.simulation.world.aws import World
from tests.simulation.world.clients import make_client
from tests.simulation.world.expressions import NotModelled
from tests.simulation.world.faults import Crashed
from tests.simulation.world.host import Host
from tests.support.functions import load_functions
from tests.support.lambda_context import FakeContext
from trigger_pattern.aws import clients
from trigger_pattern.definition.resource import AnyResource


class FunctionFailed(Exception):
    """The invocation came to no answer: the function raised, crashed or ran out of time."""


class Function:
    """One instance of a function. `enter` moves it to another world with the same names: loading is what takes long."""

    def __init__(self, logical_id: str, world: World, *, name: str = "", skew: float = 0.0) -> None:
        self.logical_id = logical_id
        self.resource = world.resource
        self.host = Host(world, name or logical_id, skew)
        self._load(world.resource)

    def with_resource(self, resource: AnyResource) -> "Function":
        """Return the same instance with other code, which has this in the place of the resource."""
        function = copy(self)
        function._load(resource)  # noqa: SLF001
        return function

    def enter(self, world: World, skew: float = 0.0) -> None:
        """Go on in another world."""
        self.host.world, self.host.skew = world, skew

    def invoke(self, event: dict[str, Any]) -> Any:
        """Return the function's answer to an event, both passed as JSON. Raises FunctionFailed.

        Lambda ends it at its timeout (https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html).
        """
        if self.host.deadline < float("inf"):
            raise NotModelled("two events for one instance at a time")
        self.host.deadline = (
            self.host.world.clock.now + settings.TIMEOUTS[self.logical_id.removeprefix(self.resource.kind)]
        )
        context = FakeContext()
        vars(context)["get_remaining_time_in_millis"] = self.host.remaining_milliseconds
        try:
            with _silence():
                return json.loads(json.dumps(self._handler(json.loads(json.dumps(event)), context)))
        except (Exception, Crashed) as failure:
            raise FunctionFailed(f"{self.host.name}: {failure!r}") from failure
        finally:
            self.host.deadline = float("inf")

    def _load(self, resource: AnyResource) -> None:
        with _surroundings(self.host), pytest.MonkeyPatch.context() as patch:
            patch.setattr(resources, "RESOURCES", (resource,))
            functions = load_functions(self.host.world.resources, self.logical_id, kind=resource)
        self._handler = functions.handlers[self.logical_id]


@contextmanager
def _surroundings(host: Host) -> Generator[None]:
    def client(service: str, config: Config) -> Any:
        return make_client(service, host, config)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clients, "make_client", client)
        patch.setattr(trigger_pattern.application.clock, "utc_now", host.now)
        patch.setattr(trigger_pattern.application.clock, "pause", host.pause)
        patch.setattr(time, "monotonic", host.monotonic)
        patch.setattr(time, "sleep", host.sleep)
        patch.setattr(secrets, "randbits", host.randbits)
        yield


@contextmanager
def _silence() -> Generator[None]:
    """Keep the function's log out of a run of thousands."""
    logger = logging.getLogger("cars")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
