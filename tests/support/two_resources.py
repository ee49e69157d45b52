"""A stack with accounts beside cars: a copy of the project to which its own commands have added them."""

import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from uuid import uuid4

import httpx

from examples.accounts.accounts import ACCOUNTS
from resources import RESOURCES
from tests.support.project_copy import ProjectCopy
from tools.aws import Aws, emulated
from tools.deployed import deployed
from tools.local import gaps, sam
from tools.local.client import CarClient
from tools.local.emulator import emulator
from tools.local.machine import HOST
from tools.paths import ROOT
from tools.subscriber import Subscriber

EXAMPLE = Path("examples", "accounts", "accounts.py")
WAIT = {"Prefer": "wait=20"}


@dataclass(frozen=True)
class TwoResources:
    """The running stack."""

    aws: Aws
    client: CarClient
    topic: str
    """The accounts'."""

    def send(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """Send a request; header names have `_` for `-`."""
        return self.client.request(method, path, body, {name.replace("_", "-"): each for name, each in headers.items()})

    def settle(self, method: str, path: str, body: object = None, **headers: str) -> httpx.Response:
        """Send a request, and wait for the outcome."""
        return self.send(method, path, body, **WAIT, **headers)

    def open(self, **fields: Any) -> str:
        """Open an account; return its address."""
        opened = self.settle("POST", "/accounts", account(**fields))
        assert opened.status_code == 201, opened.text
        return urljoin(str(opened.url), opened.headers["location"])

    def log(self, address: str) -> list[str]:
        """Return the types of an account's events."""
        return [event["type"] for event in self.send("GET", f"{address}/events").raise_for_status().json()["events"]]

    def pages(self, path: str) -> list[list[str]]:
        """Read a whole list of accounts; return each page's ids."""
        found = list[list[str]]()
        while path:
            page = self.send("GET", path).raise_for_status()
            found.append([each["accountId"] for each in page.json()["accounts"]])
            path = urljoin(str(page.url), page.json()["next"]) if "next" in page.json() else ""
        return found

    def subscriber(self, policy: dict[str, Any] | None = None) -> Subscriber:
        """Return a subscriber to the accounts' events."""
        return Subscriber(self.aws, self.topic, policy)


def account(**fields: Any) -> dict[str, Any]:
    """Represent an account as a POST has it, of an owner that no other has."""
    return {"owner": str(uuid4()), "currency": "EUR", "limit": 50_000, **fields}


def id_in(address: str) -> str:
    """Return an account's id."""
    return address.rpartition("/")[2]


@contextmanager
def two_resources(folder: Path) -> Generator[TwoResources]:
    """Run the stack in an emulator of its own until the end of the `with` block."""
    copy = with_accounts(folder)
    app = sam.App(copy.folder / "template.yaml", copy.folder / ".aws-sam" / "build", sam.STACK)
    with emulator() as port:
        aws = emulated(f"http://{HOST}:{port}")
        parameters = {"Environment": "local", "Authorization": "NONE", "AwsEndpointUrl": aws.endpoint}
        sam.build_and_deploy(aws, parameters, app)
        stack = deployed(aws, sam.STACK, (*RESOURCES, ACCOUNTS))
        gaps.fill(stack)
        client = CarClient(stack.api_url)
        yield TwoResources(aws, client, stack.of("account").events_topic_arn)
        client.http.close()


def with_accounts(folder: Path) -> ProjectCopy:
    """Add accounts to a copy of the project as their author would."""
    copy = ProjectCopy.of(folder)
    copy.run("tools.new", "account", "accounts")
    shutil.copy(ROOT / EXAMPLE, folder / "layers" / "resources" / "resources" / "accounts.py")
    for command in ("tools.views", "tools.openapi", "tools.contract", "tools.generate"):
        copy.run(command)
    return copy
