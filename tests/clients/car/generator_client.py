"""The story of a car, by the client that openapi-generator generates: generator_client.py URL. Prints the car's id."""

import sys
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

from car_api import (
    ApiClient,
    ApiException,
    Car,
    CarAccepted,
    CarBody,
    CarColorChangedEvent,
    CarCreatedEvent,
    CarDeletedEvent,
    CarMileageChangedEvent,
    CarPage,
    CarPatch,
    CarPendingCommand,
    CarReplacement,
    CarsApi,
    CarSucceededCommand,
    ChangesApi,
    Configuration,
    Problem,
)

from tests.clients.expecting import eventually, expect

WAIT = "wait=20"
BODY = CarBody(
    year=2009,
    make="BMW",
    model="M3",
    vin="2G4GM5ER4E9225618",
    color="black",
    mileage=14_320,
    owner=uuid4(),
    condition="good",
)


def main(url: str) -> None:
    with ApiClient(Configuration(host=url, access_token="any")) as client:
        cars, changes = CarsApi(client), ChangesApi(client)
        others = [changes.create_car(BODY, prefer=WAIT).car_id for _ in range(2)]
        car_id = create_and_poll(changes)
        read_and_replace(cars, changes, car_id)
        change_and_be_refused(changes, car_id)
        read_lists(cars, {car_id, *others})
        delete(cars, changes, car_id)
        read_events(cars, car_id)
    print(car_id)


def create_and_poll(changes: ChangesApi) -> UUID:
    accepted = changes.create_car_with_http_info(BODY)
    assert accepted.status_code == HTTPStatus.ACCEPTED
    ids = expect(CarAccepted, accepted.data)

    def outcome() -> CarSucceededCommand | None:
        found = changes.get_car_command(ids.car_id, ids.command_id).actual_instance
        return None if isinstance(found, CarPendingCommand) else expect(CarSucceededCommand, found)

    assert eventually(outcome).version == 1
    return ids.car_id


def read_and_replace(cars: CarsApi, changes: ChangesApi, car_id: UUID) -> None:
    found = cars.get_car_with_http_info(car_id)
    etag = header(found.headers, "ETag")
    body = expect(CarReplacement, CarReplacement.from_dict({**found.data.to_dict(), "color": "red"}))
    replaced = changes.replace_car_with_http_info(car_id, body, if_match=etag, prefer=WAIT)
    assert (expect(Car, replaced.data).color, etag, header(replaced.headers, "ETag")) == ("red", '"1"', '"2"')
    status, stale = refused(lambda: changes.replace_car(car_id, body, if_match=etag, prefer=WAIT))
    assert (status, stale.type) == (HTTPStatus.PRECONDITION_FAILED, "urn:cars:problem:version-conflict")


def change_and_be_refused(changes: ChangesApi, car_id: UUID) -> None:
    assert changes.patch_car(car_id, CarPatch(mileage=15_000), prefer=WAIT).mileage == 15_000
    lower = CarPatch(mileage=14_000)
    status, not_greater = refused(lambda: changes.patch_car(car_id, lower, prefer=WAIT))
    [fault] = not_greater.errors or []
    assert (status, fault.code, fault.pointer) == (HTTPStatus.CONFLICT, "mileage-not-greater", "/mileage")


def read_lists(cars: CarsApi, ids: set[UUID]) -> None:
    def page(cursor: str | None = None) -> CarPage:
        return cars.list_cars(owner=BODY.owner, limit=2, cursor=cursor)

    first = eventually(lambda: found if (found := page()).next else None)
    [cursor] = parse_qs(urlsplit(expect(str, first.next)).query)["cursor"]
    last = page(cursor)
    assert {each.car_id for each in (*first.cars, *last.cars)} == ids
    assert last.next is None


def delete(cars: CarsApi, changes: ChangesApi, car_id: UUID) -> None:
    assert changes.delete_car_with_http_info(car_id, prefer=WAIT).status_code == HTTPStatus.NO_CONTENT
    status, gone = refused(lambda: cars.get_car(car_id))
    assert (status, gone.type) == (HTTPStatus.GONE, "urn:cars:problem:car-deleted")


def read_events(cars: CarsApi, car_id: UUID) -> None:
    first = [event.actual_instance for event in cars.list_car_events(car_id, limit=2).events]
    created, color = first
    after = expect(CarColorChangedEvent, color).version
    mileage, deleted = (event.actual_instance for event in cars.list_car_events(car_id, after=after).events)
    assert expect(CarCreatedEvent, created).data.to_dict() == BODY.to_dict()
    assert expect(CarColorChangedEvent, color).data.color == "red"
    assert expect(CarMileageChangedEvent, mileage).data.mileage == 15_000
    assert expect(CarDeletedEvent, deleted).version == 4


def refused(request: Callable[[], object]) -> tuple[int, Problem]:
    """Return what a request is refused with. This client raises errors, with the document as their `data`."""
    try:
        answered = request()
    except ApiException as error:
        return int(error.status or 0), expect(Problem, error.data)
    raise AssertionError(answered)


def header(headers: object, name: str) -> str:
    return str(expect(dict, headers)[name])


if __name__ == "__main__":
    main(sys.argv[1])
