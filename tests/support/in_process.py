"""The functions in this process, over AWS in memory (moto): for more requests than the emulator could take."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import urljoin

from tests.support.aws import Aws, queue_record, sqs_event
from tests.support.cars import other_color, representation
from tests.support.functions import Functions, load_functions
from tests.support.hostile.messages import HostileMessage
from tests.support.hostile.requests import HostileRequest
from tests.support.http import function_of, request
from trigger_pattern.application.clock import utc_now

JSON = {"content-type": "application/json"}


@dataclass(frozen=True)
class InProcess:
    """The handlers of the APIs and of the commands."""

    aws: Aws
    resources: dict[str, str]
    functions: Functions
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @classmethod
    def over(cls, aws: Aws) -> "InProcess":
        """Create what they need, and load them."""
        resources = aws.create_stack()
        return cls(aws, resources, load_functions(resources, "CommandApi", "QueryApi", "CarCommandHandler"))

    def send(self, sent: HostileRequest) -> dict[str, Any]:
        """Send a request to the function that its route has; return what it returns to API Gateway."""
        event = request(sent.method, sent.path, body=_as_sent(sent.body), headers=sent.headers, query=sent.query)
        event["headers"] = dict(sent.headers)  # no content type where it has none
        return dict(self.functions.invoke(function_of(event), event))

    def settle(self) -> None:
        """Handle what the API has put on the queue, and forget what was dead-lettered."""
        received = self.aws.receive(self.resources["CarCommandsQueue"])
        self.handle([HostileMessage(sent["Attributes"]["MessageGroupId"], sent["Body"]) for sent in received])
        self.aws.receive(self.resources["CarCommandsDlq"])

    def handle(self, messages: Sequence[HostileMessage]) -> None:
        """Deliver messages, none of which may have to be delivered again."""
        for sent in messages:
            record = queue_record(sent.body, next(self._numbers), sent.group, utc_now())
            failures = self.functions.invoke("CarCommandHandler", sqs_event(record))["batchItemFailures"]
            assert not failures, sent

    def ask(self, method: str, path: str, body: Any = None) -> dict[str, Any]:
        """Send a request that is right; return the body of its answer."""
        content = None if body is None else json.dumps(body).encode()
        answer = self.send(HostileRequest(method, path, "", JSON, content))
        assert answer["statusCode"] < 300, (method, path, answer)
        return dict(json.loads(answer["body"]))

    def create(self) -> str:
        """Register a car; return its id."""
        accepted = self.ask("POST", "/cars", representation())
        self.settle()
        return str(accepted["carId"])

    def paints(self, car_id: str) -> bool:
        """Change a car's color; return whether that succeeded."""
        path = f"/cars/{car_id}"
        accepted = self.ask("PATCH", path, {"color": other_color(self.ask("GET", path))})
        self.settle()
        return bool(self.ask("GET", urljoin(path, accepted["command"]))["status"] == "succeeded")


def _as_sent(body: bytes | None) -> str | bytes | None:
    """Return a body as API Gateway has it: as text, or else, as bytes here, in base64; either may come for any body."""
    try:
        return body if body is None or len(body) % 2 else body.decode()
    except UnicodeDecodeError:
        return body
