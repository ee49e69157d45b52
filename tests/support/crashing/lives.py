"""The requests of cars' lives, and what comes of them where nothing ever dies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import urljoin

from tests.support.cars import ANOTHER_OWNER, OWNER, representation
from tests.support.system import System

Document = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """A request that changes a car; the first of a car's life has no id yet."""

    method: str
    body: Document | None
    headers: Mapping[str, str]


def life(seed: str, commands: int) -> list[Step]:
    """Choose the requests of a car's life: most succeed, some are refused, change nothing, or meet a deleted car.

    Many leave the mileage as it is: then no refusal would hide that a command takes effect again after a later one.
    """
    random = Random(seed)  # noqa: S311 - no secret
    mileage, steps = 1000, [Step("POST", representation(mileage=1000), {})]
    while len(steps) < commands:
        mileage += random.choice((0, 0, random.randint(-10, 100)))
        changes: Document = {"color": random.choice(("red", "white", "blue", "black"))}
        body = representation(**changes, mileage=mileage, owner=str(random.choice((OWNER, ANOTHER_OWNER))))
        headers = {"If-Match": f'"{random.randint(1, 3 * len(steps))}"'} if random.random() < 0.1 else {}
        put, patch = Step("PUT", body, headers), Step("PATCH", changes, headers)
        again = Step(steps[-1].method, steps[-1].body, {}) if steps[1:] else put
        delete = Step("DELETE", None, {})
        weights = (40, 45, 12, 3 if len(steps) > commands // 2 else 0)
        steps += random.choices((put, patch, again, delete), weights)
    return steps


def expected(steps: Sequence[Step]) -> tuple[list[Document], list[Document]]:
    """Lead the same life in memory, where nothing ever dies: what becomes of each request, and the car's log."""
    registry = System()
    accepted: list[Document] = []
    for step in steps:
        path = f"/cars/{accepted[0]['carId']}" if accepted else "/cars"
        body = registry.request_with(step.method, path, step.body, step.headers).body
        accepted.append({**body, "command": urljoin(path, body["command"])})
        registry.pause(1)
    outcomes = [registry.request("GET", command["command"]).body for command in accepted]
    log = registry.request_with("GET", f"/cars/{accepted[0]['carId']}/events", None, {}, query="limit=100")
    return outcomes, log.body["events"]


def essence(document: Document) -> Document:
    """Leave out what is another in each run: ids and times."""
    return {key: value for key, value in document.items() if not key.endswith(("Id", "At"))}
