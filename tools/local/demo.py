"""Run the article's story against the real system on this machine; exit 0 only if every outcome is right.

python -m tools.local.demo
"""

import json
import sys
from dataclasses import dataclass
from typing import Any

from tools.article import EXAMPLE_CAR
from tools.commands import CommandFailed
from tools.local.client import CarClient
from tools.local.emulator import EmulatorFailed
from tools.local.stack import local_stack
from tools.signals import end_on_sigterm
from tools.subscriber import Subscriber

PATIENCE = 30.0
"""Seconds within which the subscriber must have heard of a command; it takes a few milliseconds."""

NEW_OWNER = "5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11"
CHANGED = {**EXAMPLE_CAR, "color": "red", "mileage": 15_000, "owner": NEW_OWNER}


@dataclass(frozen=True)
class Scene:
    """One request, and its expected outcome and events."""

    title: str
    method: str
    body: dict[str, Any] | None
    status: str
    errors: tuple[str, ...] = ()
    events: tuple[tuple[str, dict[str, Any]], ...] = ()


STORY = (
    Scene("A car is registered", "POST", EXAMPLE_CAR, "succeeded", events=(("Created", EXAMPLE_CAR),)),
    Scene(
        "One PUT with a new color, mileage and owner: three intents",
        "PUT",
        CHANGED,
        "succeeded",
        events=(
            ("ColorChanged", {"color": "red"}),
            ("MileageChanged", {"mileage": 15_000}),
            ("OwnerChanged", {"owner": NEW_OWNER}),
        ),
    ),
    Scene("A PUT that lowers the mileage", "PUT", {**CHANGED, "mileage": 14_000}, "refused", ("mileage-not-greater",)),
    Scene("The same PUT as before: nothing to do", "PUT", CHANGED, "unchanged"),
    Scene("The car is deleted", "DELETE", None, "succeeded", events=(("Deleted", {}),)),
    Scene("A PUT to the deleted car", "PUT", CHANGED, "refused", ("car-deleted",)),
)


def tell(client: CarClient, subscriber: Subscriber) -> bool:
    """Play every scene; return whether each had the right outcome."""
    path, right = "/cars", True
    for number, scene in enumerate(STORY, start=1):
        print(f"{number}. {scene.title}\n   {scene.method} {path}{_brief(scene.body)}")
        accepted = client.accepted(scene.method, path, scene.body)
        path = f"/cars/{accepted['carId']}"
        right &= _check(scene, client.outcome(accepted), subscriber)
    print("Everything came out right." if right else "Something came out WRONG.")
    return right


def _brief(body: dict[str, Any] | None) -> str:
    """Return a body as text; after the first, only its new values."""
    if not body:
        return ""
    if body == EXAMPLE_CAR:
        return f"\n   {json.dumps(body)}"
    new = {name: value for name, value in body.items() if value != EXAMPLE_CAR[name]}
    return f"\n   {{..., {json.dumps(new)[1:]}"


def _check(scene: Scene, outcome: dict[str, Any], subscriber: Subscriber) -> bool:
    errors = outcome.get("errors", [])
    version = f", version {outcome['version']}" if "version" in outcome else ""
    print(f"   {outcome['status']}{version}{''.join(': ' + error['detail'] for error in errors)}")
    heard = subscriber.take(len(scene.events), PATIENCE)
    for each in heard:
        print(f"   heard  {each.event['carversion']}  {each.name}  {json.dumps(each.event['data'])}")
    right = (
        outcome["status"] == scene.status
        and tuple(error["code"] for error in errors) == scene.errors
        and tuple((each.name, each.event["data"]) for each in heard) == scene.events
    )
    print("" if right else f"   WRONG: expected {scene.status} {scene.errors} {scene.events}\n")
    return right


def main() -> int:
    """Run the demo."""
    end_on_sigterm()
    print("Building and deploying the system on this machine ...\n", flush=True)
    try:
        with local_stack() as stack, Subscriber(stack.aws, stack.of("car").events_topic_arn) as subscriber:
            right = tell(CarClient(stack.api_url), subscriber)
            return 0 if right and not list(subscriber.events(seconds=1)) else 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 1
    except (CommandFailed, EmulatorFailed) as failed:
        print(f"\n{failed}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
