"""A client that a common generator makes from a description, in front of a system in memory."""

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from tests.support.http import request
from tests.support.system import System
from tools import commands, environment

GENERATOR: Final = str(Path(sys.executable).parent / "openapi-python-client")
BASE: Final = "https://api.example.com"


def generate(description: Path, folder: Path, name: str) -> None:
    """Have the generator write a package of this name. Raises CommandFailed, also if it has a warning."""
    config = folder / f"{name}.yaml"
    config.write_text("post_hooks: []")
    command = [GENERATOR, "generate", "--path", str(description), "--meta", "none", "--fail-on-warning"]
    commands.run([*command, "--config", str(config), "--output-path", str(folder / name)], environment.made())


@dataclass(frozen=True)
class GeneratedClient:
    """Calls the operations of a generated package; the system answers."""

    package: str
    system: System

    def model(self, name: str, body: dict[str, Any]) -> Any:
        """Return a body as the package's own type."""
        return self.type(name).from_dict(body)

    def type(self, name: str) -> type[Any]:
        """Return one of the package's types."""
        return getattr(importlib.import_module(f"{self.package}.models"), name)  # type: ignore[no-any-return]

    def call(self, operation: str, *ids: Any, **given: Any) -> Any:
        """Call an operation, by the name of its module: `changes.create_car`."""
        module = importlib.import_module(f"{self.package}.api.{operation}")
        answered = httpx.MockTransport(self._answer)
        client = importlib.import_module(self.package).Client(BASE, httpx_args={"transport": answered})
        return module.sync_detailed(*ids, client=client, **given)

    def _answer(self, sent: httpx.Request) -> httpx.Response:
        event = request(
            sent.method,
            sent.url.path,
            body=sent.content.decode() if sent.content else None,
            headers=sent.headers,
            query=sent.url.query.decode(),
        )
        answer = self.system.resolve(event)
        return httpx.Response(answer["statusCode"], headers=answer["headers"], text=answer.get("body", ""))
