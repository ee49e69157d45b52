"""The text that the local stack prints."""

import json
from pathlib import Path
from typing import Any

from tools.article import EXAMPLE_CAR
from tools.paths import ROOT, STACK_FILE
from tools.stack import Stack
from tools.subscriber import Received


def welcome(stack: Stack, file: Path, seconds: float) -> None:
    """Print the addresses, and commands to try."""
    repainted = {**EXAMPLE_CAR, "color": "red", "mileage": 15000}
    cars = "$API/cars"
    print(
        f"Ready in {seconds:.1f} s.\n\n"
        f"  API     {stack.api_url}\n"
        f"{_topics(stack)}"
        f"  AWS     {stack.aws_endpoint_url}\n"
        f"  File    {file.relative_to(ROOT)}\n\n"
        "Try, in another terminal:\n\n"
        f"  export API='{stack.api_url}'\n"
        f"  {_curl('POST', cars, EXAMPLE_CAR)}\n\n"
        "and, with the carId that it answers:\n\n"
        f"  CAR=...\n"
        f"  {_curl('PUT', cars, repainted, of_car=True)}\n"
        f'  curl -s "{cars}/$CAR"\n\n'
        f"Operate it with bin/ops --help{_elsewhere(file)}.\n\n"
        "Events as they are broadcast (Ctrl-C stops everything, and forgets all data):\n",
        flush=True,
    )


def _topics(stack: Stack) -> str:
    return "".join(f"  Topic   {pipeline.events_topic_arn}\n" for pipeline in stack.pipelines.values())


def _elsewhere(file: Path) -> str:
    return "" if file == STACK_FILE else f", its commands with --stack-file {file.relative_to(ROOT)}"


def event(received: Received) -> None:
    """Print one event on one line."""
    e = received.event
    data = json.dumps(e.get("data"), separators=(", ", ": "))
    mark = "  (replay)" if "replay" in received.attributes else ""
    print(f"  {e.get('time', '')}  {e.get('id', '')}  {received.name}  {data}{mark}", flush=True)


def _curl(method: str, url: str, body: dict[str, Any], *, of_car: bool = False) -> str:
    target = f'"{url}/$CAR"' if of_car else f'"{url}"'
    return f"curl -s -X {method} {target} -H 'content-type: application/json' -d '{json.dumps(body)}'"
