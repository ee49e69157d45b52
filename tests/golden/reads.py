"""GET of one car, its events and its commands."""

from tests.golden.lives import content_of
from tests.golden.refusals import NOWHERE
from tests.golden.system import System


def tell(system: System, car_id: str) -> None:
    """Ask for everything there is of a car, and for what there is not."""
    car = f"/cars/{car_id}"
    _cars(system, car)
    _events(system, car)
    system.ask("a command of days to come", f"GET {car}/commands/01a206e7-d420-7708-b4e8-81bbfc74de67")
    system.ask("a command of another car", f"GET {NOWHERE}/commands/01a196fb-1600-7708-b4e8-000000000001")
    system.ask("a command that could still be pending", f"GET {car}/commands/{car_id}")
    system.ask("a command of long ago", f"GET {car}/commands/018206e7-d420-7708-b4e8-81bbfc74de67")
    system.ask("a command whose id has no time", f"GET {car}/commands/5f0c5bd4-9d1e-4a3c-8c53-9c4c9d1f4c11")


def tell_of_batches(system: System, car_id: str) -> None:
    """Ask for events as the topic publishes them. No time passes, so the ids of later steps stay as they were."""
    now = system.surroundings.now
    batch, events = {"Accept": "application/cloudevents-batch+json"}, f"/cars/{car_id}/events"
    system.ask("a batch of events", f"GET {events}?after=5&limit=2", headers=batch)
    system.ask("the last batch of events", f"GET {events}?after=9&limit=2", headers=batch)
    system.ask("a batch of events by HEAD", f"HEAD {events}?after=5&limit=2", headers=batch)
    system.surroundings.now = now


def _cars(system: System, car: str) -> None:
    system.ask("a car", f"GET {car}")
    system.ask("a car by HEAD", f"HEAD {car}")
    system.ask("a car that the client has", f"GET {car}", headers={"If-None-Match": '"10"'})
    system.ask("a car of which the client has a version", f"GET {car}", headers={"If-None-Match": '"9"'})
    system.ask("a car that never was", f"GET {NOWHERE}")
    system.ask("a car by its first version", f"GET {car}?version=1")
    system.ask("a car by a version inside a commit", f"GET {car}?version=7")
    system.ask("a car by a version that it does not have", f"GET {car}?version=99")
    system.ask("a car at a time", f"GET {car}?at=2026-11-01T13:00:20.5%2B01:00")
    system.ask("a car at a time before it was", f"GET {car}?at=2026-10-31T00:00:00Z")


def _events(system: System, car: str) -> None:
    system.ask("the events of a car", f"GET {car}/events")
    page = content_of(system.ask("the first page of events", f"GET {car}/events?limit=2"))
    system.ask("the second page of events", f"GET {car}/events{page['next']}")
    system.ask("no more events", f"GET {car}/events?after=10")
    system.ask("the events by HEAD", f"HEAD {car}/events")
    system.ask("the events of a car that never was", f"GET {NOWHERE}/events")
