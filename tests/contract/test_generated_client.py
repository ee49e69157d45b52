"""A client generated from the description creates cars, changes them and reads their events, by its own types."""

import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import pytest

from examples.accounts.accounts import ACCOUNTS
from tests.support.cars import representation
from tests.support.generated_client import BASE, GeneratedClient, generate
from tests.support.system import DESCRIPTION, System
from tests.support.view import MemoryIndex
from tools.project import STACK
from trigger_pattern_authoring.openapi.document import openapi_document, written
from trigger_pattern_authoring.openapi.examples import example_of

WAIT = "wait=5"


pytestmark = pytest.mark.usefixtures("packages")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Generate the packages `car_client` and `account_client`, to be imported."""
    folder = tmp_path_factory.mktemp("clients")
    accounts = folder / "accounts.json"
    accounts.write_text(written(openapi_document((ACCOUNTS,), STACK)), encoding="utf-8")
    generate(DESCRIPTION, folder, "car_client")
    generate(accounts, folder, "account_client")
    sys.path.insert(0, str(folder))
    yield
    sys.path.remove(str(folder))


@pytest.fixture
def client() -> GeneratedClient:
    return GeneratedClient("car_client", System(index=MemoryIndex(cars=3)))


def create(client: GeneratedClient, **changes: Any) -> UUID:
    body = client.model("CarBody", representation(**changes))
    car_id = client.call("changes.create_car", body=body, prefer=WAIT).parsed.car_id
    assert isinstance(car_id, UUID)
    return car_id


def test_a_car_is_created_with_all_its_fields(client: GeneratedClient) -> None:
    created = client.call("changes.create_car", body=client.model("CarBody", representation()), prefer=WAIT)
    assert (created.status_code, type(created.parsed)) == (201, client.type("Car"))
    assert created.parsed.to_dict() == {"carId": str(created.parsed.car_id), **representation()}
    found = client.call("cars.get_car", created.parsed.car_id)
    assert (found.parsed, found.headers["ETag"]) == (created.parsed, '"1"')


def test_a_command_is_polled(client: GeneratedClient) -> None:
    accepted = client.call("changes.create_car", body=client.model("CarBody", representation()))
    ids = accepted.parsed.car_id, accepted.parsed.command_id
    assert (accepted.status_code, type(accepted.parsed)) == (202, client.type("CarAccepted"))
    address = urljoin(f"{BASE}/cars", accepted.headers["Content-Location"])
    assert address == f"{BASE}/cars/{ids[0]}/commands/{ids[1]}"
    pending = client.call("changes.get_car_command", *ids).parsed
    client.system.pause(1)
    succeeded = client.call("changes.get_car_command", *ids).parsed
    assert [type(pending), type(succeeded)] == [client.type("CarPendingCommand"), client.type("CarSucceededCommand")]
    assert succeeded.version == 1


def test_what_a_get_returns_is_put_back_with_a_change(client: GeneratedClient) -> None:
    car_id = create(client)
    found = client.call("cars.get_car", car_id)
    body = client.model("CarReplacement", {**found.parsed.to_dict(), "color": "red"})
    put = client.call("changes.replace_car", car_id, body=body, prefer=WAIT, if_match=found.headers["ETag"])
    assert (put.status_code, put.parsed.color, put.headers["ETag"]) == (200, "red", '"2"')
    again = client.call("changes.replace_car", car_id, body=body, prefer=WAIT, if_match=found.headers["ETag"])
    assert (again.status_code, again.parsed.type_) == (412, "urn:cars:problem:version-conflict")


def test_a_patch_has_the_fields_that_change(client: GeneratedClient) -> None:
    car_id = create(client)
    patched = client.call("changes.patch_car", car_id, body=client.model("CarPatch", {"color": "blue"}), prefer=WAIT)
    assert (patched.status_code, patched.parsed.color) == (200, "blue")


def test_a_refusal_is_a_typed_problem(client: GeneratedClient) -> None:
    car_id = create(client, mileage=15000)
    lower = client.model("CarPatch", {"mileage": 14000})
    refused = client.call("changes.patch_car", car_id, body=lower, prefer=WAIT)
    assert (refused.status_code, type(refused.parsed)) == (409, client.type("Problem"))
    assert refused.parsed.type_ == "urn:cars:problem:mileage-not-greater"
    assert [(fault.code, fault.pointer) for fault in refused.parsed.errors] == [("mileage-not-greater", "/mileage")]


def test_events_are_read_by_their_types_and_page_by_page(client: GeneratedClient) -> None:
    car_id = create(client)
    change = client.model("CarPatch", {"color": "red", "mileage": 15000})
    client.call("changes.patch_car", car_id, body=change, prefer=WAIT)
    assert client.call("changes.delete_car", car_id, prefer=WAIT).status_code == 204
    first = client.call("cars.list_car_events", car_id, limit=2).parsed.events
    second = client.call("cars.list_car_events", car_id, limit=2, after=first[-1].version).parsed.events
    names = ("CarCreatedEvent", "CarColorChangedEvent", "CarMileageChangedEvent", "CarDeletedEvent")
    assert [type(event) for event in (*first, *second)] == [client.type(name) for name in names]
    assert first[0].data.to_dict() == representation()
    assert (first[1].data.color, second[0].data.mileage) == ("red", 15000)


def test_a_list_is_read_page_by_page(client: GeneratedClient) -> None:
    make, model = (client.type(f"ListCars{name}") for name in ("Make", "Model"))
    page = client.call("cars.list_cars", make=make("BMW"), model=model("M3"), limit=2).parsed
    cursor = page.next_.rpartition("cursor=")[2]
    last = client.call("cars.list_cars", make=make("BMW"), model=model("M3"), limit=2, cursor=cursor).parsed
    assert [len(each.cars) for each in (page, last)] == [2, 1]
    assert {type(car) for car in page.cars} == {client.type("CarListItem")}
    assert not last.next_


def test_accounts_have_such_a_client_too() -> None:
    client = GeneratedClient("account_client", System.of(ACCOUNTS))
    example = example_of(ACCOUNTS)
    assert example
    opened = client.call("changes.create_account", body=client.model("AccountBody", dict(example.whole)), prefer=WAIT)
    assert (opened.status_code, type(opened.parsed)) == (201, client.type("Account"))
    [event] = client.call("accounts.list_account_events", opened.parsed.account_id).parsed.events
    assert type(event) is client.type("AccountOpenedEvent")
