"""A second resource beside cars, added by the project's commands: accounts have all that cars have."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.cars import representation
from tests.support.client_drivers import DriverGenerator
from tests.support.pipeline import PATIENCE, eventually
from tests.support.two_resources import TwoResources, account, id_in, two_resources
from tools.local.docs_page import NAMES, find_browser, open_browser


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TwoResources]:
    with two_resources(tmp_path_factory.mktemp("project")) as stack:
        yield stack


def test_an_account_is_opened_changed_and_closed(stack: TwoResources) -> None:
    body = account(nickname="Holidays")
    opened = stack.settle("POST", "/accounts", body)
    address = str(opened.url.join(opened.headers["location"]))
    assert (opened.status_code, opened.headers["etag"]) == (201, '"1"')
    assert opened.headers["preference-applied"] == "wait=20"
    assert opened.json() == {"accountId": id_in(address), **body, "status": "active"}
    lowered = stack.settle("PUT", address, {**body, "limit": 0, "status": "active"})
    assert (lowered.status_code, lowered.json()["limit"], lowered.headers["etag"]) == (200, 0, '"2"')
    nameless = stack.settle("PATCH", address, {"nickname": None})
    assert nameless.json() == stack.send("GET", address).json()
    assert "nickname" not in nameless.json()
    closed = stack.settle("DELETE", address)
    assert (closed.status_code, closed.content) == (204, b"")
    assert stack.send("GET", address).status_code == 410
    assert stack.log(address) == ["Opened", "LimitChanged", "NicknameChanged", "Closed"]


def test_an_account_refuses_what_its_own_rules_forbid(stack: TwoResources) -> None:
    address = stack.open()
    closed = stack.settle("DELETE", address)
    assert (closed.status_code, closed.json()["type"]) == (409, "urn:cars:problem:limit-not-zero")
    stack.settle("PATCH", address, {"status": "frozen"})
    changed = stack.settle("PATCH", address, {"limit": 1})
    assert (changed.status_code, changed.json()["errors"][0]["pointer"]) == (409, "/status")
    assert stack.log(address) == ["Opened", "Frozen"]


def test_a_malformed_account_is_refused_at_once_with_every_fault(stack: TwoResources) -> None:
    answer = stack.send("POST", "/accounts", account(currency="CHF", limit="much", mileage=1))
    assert answer.status_code == 422
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/currency", "/limit", "/mileage"}


def test_the_past_of_an_account_can_be_read(stack: TwoResources) -> None:
    address = stack.open(limit=100)
    opened = stack.send("GET", f"{address}/events").json()["events"][0]
    stack.settle("PATCH", address, {"limit": 200})
    assert stack.send("GET", f"{address}?version=1").json()["limit"] == 100
    assert stack.send("GET", f"{address}?version=2").json()["limit"] == 200
    assert stack.send("GET", f"{address}?at={opened['occurredAt']}").json()["limit"] == 100
    assert stack.send("GET", f"{address}?at=2020-01-01T00:00:00Z").status_code == 404


def test_every_command_has_an_outcome(stack: TwoResources) -> None:
    accepted = stack.client.accepted("POST", "/accounts", account())
    assert stack.client.outcome(accepted)["status"] == "succeeded"
    path = f"/accounts/{accepted['accountId']}"
    assert stack.client.outcome(stack.client.accepted("PATCH", path, {"limit": 50_000}))["status"] == "unchanged"
    refused = stack.client.outcome(stack.client.accepted("PATCH", path, {"limit": -1}))
    assert (refused["status"], refused["errors"][0]["code"]) == ("refused", "negative-limit")


def test_an_account_that_somebody_else_changed_is_left_alone(stack: TwoResources) -> None:
    address = stack.open()
    assert stack.settle("PATCH", address, {"limit": 1}, If_Match='"1"').status_code == 200
    stale = stack.settle("PATCH", address, {"limit": 2}, If_Match='"1"')
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:cars:problem:version-conflict")


def test_a_retry_with_its_key_is_one_command_and_another_body_is_none(stack: TwoResources) -> None:
    key, body = str(uuid4()), account()
    first, again = (stack.send("POST", "/accounts", body, Idempotency_Key=key) for _ in range(2))
    assert (first.status_code, first.json()) == (202, again.json())
    stack.settle("POST", "/accounts", body, Idempotency_Key=key)
    assert stack.log(f"/accounts/{first.json()['accountId']}") == ["Opened"]
    another = stack.send("POST", "/accounts", {**body, "limit": 1}, Idempotency_Key=key)
    assert (another.status_code, another.json()["type"]) == (422, "urn:cars:problem:idempotency-key-reused")


def test_accounts_are_listed_page_by_page(stack: TwoResources) -> None:
    owner = str(uuid4())
    ids = [id_in(stack.open(owner=owner)) for _ in range(3)]
    path = f"/accounts?owner={owner}&limit=2"
    eventually(lambda: stack.pages(path) == [ids[:2], ids[2:]])


def test_accounts_are_listed_by_currency_in_the_order_of_their_status(stack: TwoResources) -> None:
    frozen, active = (stack.open(currency="GBP") for _ in range(2))
    stack.settle("PATCH", frozen, {"status": "frozen"})
    eventually(lambda: stack.pages("/accounts?currency=gbp") == [[id_in(active), id_in(frozen)]])
    eventually(lambda: stack.pages("/accounts?currency=GBP&status=frozen") == [[id_in(frozen)]])
    assert stack.send("GET", "/accounts?status=frozen").status_code == 422


def test_what_is_not_there_is_not_found(stack: TwoResources) -> None:
    unknown = stack.send("GET", f"/accounts/{uuid4()}")
    assert (unknown.status_code, unknown.json()["type"]) == (404, "urn:cars:problem:account-not-found")
    assert stack.send("GET", "/loans").json()["type"] == "urn:cars:problem:not-found"
    assert stack.send("GET", stack.open().replace("/accounts/", "/cars/")).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/accounts", "GET, HEAD, POST"),
        ("POST", "/accounts/01a206e7-d420-7708-b4e8-81bbfc74de67", "DELETE, GET, HEAD, PATCH, PUT"),
        ("DELETE", "/accounts/01a206e7-d420-7708-b4e8-81bbfc74de67/events", "GET, HEAD"),
    ],
)
def test_a_path_refuses_the_methods_that_it_does_not_have(
    stack: TwoResources, method: str, path: str, allowed: str
) -> None:
    answer = stack.send(method, path)
    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


def test_one_description_has_both_resources_and_one_page_shows_it(stack: TwoResources) -> None:
    paths = stack.send("GET", "/openapi.json").json()["paths"]
    for one in ("/cars/{carId}", "/accounts/{accountId}"):
        assert list(paths[one]) == ["delete", "get", "patch", "put"]
    assert {path.split("/")[1] for path in paths} == {"cars", "accounts"}
    page = stack.send("GET", "/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "openapi.json" in page.text


def test_a_client_that_is_generated_from_it_opens_an_account(
    stack: TwoResources, generator: DriverGenerator, tmp_path: Path
) -> None:
    description = tmp_path / "openapi.json"
    description.write_text(stack.send("GET", "/openapi.json").text)
    driver = generator(description, tmp_path, "account")
    driver.check()
    assert stack.log(f"/accounts/{driver.run(stack.client.api_url)}") == ["Opened"]


def test_the_page_shows_both_resources_in_a_browser(stack: TwoResources) -> None:
    executable = find_browser()
    if not executable:
        pytest.skip(f"the page at /docs was tried in no browser: none of {', '.join(NAMES)} is on the PATH")
    with open_browser(executable) as browser:
        page = browser.new_page()
        page.goto(f"{stack.client.api_url}/docs")
        for operation in ("createCar", "createAccount"):
            page.locator(f"#operations-Changes-{operation}").wait_for()


def test_every_event_of_an_account_is_broadcast(stack: TwoResources) -> None:
    with stack.subscriber() as subscriber:
        address = stack.open(currency="USD")
        stack.settle("PATCH", address, {"status": "frozen"})
        heard = subscriber.take(2, PATIENCE)
    event = heard[0].event
    assert (event["source"], event["dataschema"]) == (
        "tag:example.com,2026:accounts/cars-local",
        "tag:example.com,2026:schemas/accounts/Opened/1",
    )
    schema = stack.send("GET", "/" + event["dataschema"].split(":", 2)[2])
    assert (schema.status_code, schema.json()["$id"]) == (200, event["dataschema"])
    batch = stack.send("GET", f"{address}/events", accept="application/cloudevents-batch+json")
    assert batch.json() == [each.event for each in heard]
    assert [(each.name, each.event["accountversion"]) for each in heard] == [("Opened", 1), ("Frozen", 2)]
    assert {each.group for each in heard} == {id_in(address)}
    common = {"accountId": id_in(address), "currency": "USD"}
    assert heard[1].attributes == {"type": "Frozen", "version": "2", **common}


def test_a_subscriber_hears_of_the_currency_that_it_asks_for(stack: TwoResources) -> None:
    with stack.subscriber({"currency": ["GBP"]}) as subscriber:
        stack.open(currency="EUR")
        address = stack.open(currency="GBP")
        [heard] = subscriber.take(1, PATIENCE)
    assert heard.event["subject"] == id_in(address)


def test_cars_are_what_they_were(stack: TwoResources) -> None:
    created = stack.settle("POST", "/cars", representation())
    address = str(created.url.join(created.headers["location"]))
    assert stack.settle("PATCH", address, {"color": "red"}).json()["color"] == "red"
    assert stack.log(address) == ["Created", "ColorChanged"]
    car_id = created.json()["carId"]
    owned = f"/cars?owner={representation()['owner']}"
    eventually(lambda: [car["carId"] for car in stack.send("GET", owned).json()["cars"]] == [car_id])
    refused = stack.settle("PATCH", address, {"mileage": 1})
    assert refused.json()["type"] == "urn:cars:problem:mileage-not-greater"
