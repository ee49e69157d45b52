"""The story of a car, by the client that openapi-python-client generates: python_client.py URL. Prints the car's id."""

import sys
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
from car_client import AuthenticatedClient
from car_client.api.cars import get_car, list_car_events, list_cars
from car_client.api.changes import create_car, delete_car, get_car_command, patch_car, replace_car
from car_client.models import (
    Car,
    CarAccepted,
    CarBody,
    CarBodyColor,
    CarBodyCondition,
    CarBodyMake,
    CarBodyModel,
    CarColor,
    CarColorChangedEvent,
    CarCreatedEvent,
    CarDeletedEvent,
    CarEventPage,
    CarMileageChangedEvent,
    CarPage,
    CarPatch,
    CarPendingCommand,
    CarReplacement,
    CarSucceededCommand,
    Problem,
)
from car_client.types import UNSET, Unset

from tests.clients.expecting import PATIENCE, eventually, expect

WAIT = "wait=20"
BODY = CarBody(
    year=2009,
    make=CarBodyMake.BMW,
    model=CarBodyModel.M3,
    vin="2G4GM5ER4E9225618",
    color=CarBodyColor.BLACK,
    mileage=14_320,
    owner=uuid4(),
    condition=CarBodyCondition.GOOD,
)


def main(url: str) -> None:
    with AuthenticatedClient(url, token="any", timeout=httpx.Timeout(PATIENCE)) as client:
        others = [expect(Car, create_car.sync(client=client, body=BODY, prefer=WAIT)).car_id for _ in range(2)]
        car_id = create_and_poll(client)
        read_and_replace(client, car_id)
        change_and_be_refused(client, car_id)
        read_lists(client, {car_id, *others})
        delete(client, car_id)
        read_events(client, car_id)
    print(car_id)


def create_and_poll(client: AuthenticatedClient) -> UUID:
    accepted = create_car.sync_detailed(client=client, body=BODY)
    assert accepted.status_code == HTTPStatus.ACCEPTED
    ids = expect(CarAccepted, accepted.parsed)

    def outcome() -> CarSucceededCommand | None:
        found = get_car_command.sync(ids.car_id, ids.command_id, client=client)
        return None if isinstance(found, CarPendingCommand) else expect(CarSucceededCommand, found)

    assert eventually(outcome).version == 1
    return ids.car_id


def read_and_replace(client: AuthenticatedClient, car_id: UUID) -> None:
    found = get_car.sync_detailed(car_id, client=client)
    etag = found.headers["ETag"]
    body = CarReplacement.from_dict({**expect(Car, found.parsed).to_dict(), "color": "red"})
    replaced = replace_car.sync_detailed(car_id, client=client, body=body, if_match=etag, prefer=WAIT)
    assert (expect(Car, replaced.parsed).color, etag, replaced.headers["ETag"]) == (CarColor.RED, '"1"', '"2"')
    stale = replace_car.sync_detailed(car_id, client=client, body=body, if_match=etag, prefer=WAIT)
    assert stale.status_code == HTTPStatus.PRECONDITION_FAILED
    assert expect(Problem, stale.parsed).type_ == "urn:cars:problem:version-conflict"


def change_and_be_refused(client: AuthenticatedClient, car_id: UUID) -> None:
    patched = patch_car.sync(car_id, client=client, body=CarPatch(mileage=15_000), prefer=WAIT)
    assert expect(Car, patched).mileage == 15_000
    refused = patch_car.sync_detailed(car_id, client=client, body=CarPatch(mileage=14_000), prefer=WAIT)
    assert refused.status_code == HTTPStatus.CONFLICT
    [fault] = expect(list, expect(Problem, refused.parsed).errors)
    assert (fault.code, fault.pointer) == ("mileage-not-greater", "/mileage")


def read_lists(client: AuthenticatedClient, ids: set[UUID]) -> None:
    def page(cursor: str | Unset = UNSET) -> CarPage:
        return expect(CarPage, list_cars.sync(client=client, owner=BODY.owner, limit=2, cursor=cursor))

    first = eventually(lambda: found if (found := page()).next_ else None)
    [cursor] = parse_qs(urlsplit(expect(str, first.next_)).query)["cursor"]
    last = page(cursor)
    assert {each.car_id for each in (*first.cars, *last.cars)} == ids
    assert not last.next_


def delete(client: AuthenticatedClient, car_id: UUID) -> None:
    assert delete_car.sync_detailed(car_id, client=client, prefer=WAIT).status_code == HTTPStatus.NO_CONTENT
    gone = get_car.sync_detailed(car_id, client=client)
    assert (gone.status_code, expect(Problem, gone.parsed).type_) == (HTTPStatus.GONE, "urn:cars:problem:car-deleted")


def read_events(client: AuthenticatedClient, car_id: UUID) -> None:
    first = expect(CarEventPage, list_car_events.sync(car_id, client=client, limit=2)).events
    rest = expect(CarEventPage, list_car_events.sync(car_id, client=client, after=first[-1].version)).events
    created, color, mileage, deleted = (*first, *rest)
    assert expect(CarCreatedEvent, created).data.to_dict() == BODY.to_dict()
    assert expect(CarColorChangedEvent, color).data.color == "red"
    assert expect(CarMileageChangedEvent, mileage).data.mileage == 15_000
    assert expect(CarDeletedEvent, deleted).version == 4


if __name__ == "__main__":
    main(sys.argv[1])
