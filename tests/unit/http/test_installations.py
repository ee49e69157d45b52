"""The description as an installation serves it. A client that follows it finds the API, and signs if it must."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from openapi_spec_validator import validate

from tests.support.http import API_ID, DOMAIN, request
from tests.support.system import DESCRIPTION, System
from trigger_pattern.http import docs
from trigger_pattern.http.installation import Installation

CHECKED_IN = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
LOCAL = f"http://127.0.0.1:4566/_aws/execute-api/{API_ID}/$default"


def served(
    domain: str = DOMAIN,
    path: str = "/openapi.json",
    authorization: str = "AWS_IAM",
    endpoint: str = f"https://{DOMAIN}",
    **headers: str,
) -> dict[str, Any]:
    event = request("GET", "/openapi.json", headers=headers)
    event = {**event, "rawPath": path, "requestContext": {**event["requestContext"], "domainName": domain}}
    answer = System(installation=Installation(authorization, endpoint)).resolve(event)
    return dict(json.loads(answer["body"]))


def address(**given: str) -> str:
    [server] = served(**given)["servers"]
    return str(server["url"])


def test_an_api_is_at_the_address_that_api_gateway_gave_it() -> None:
    assert address() == f"https://{DOMAIN}"


def test_an_api_of_the_emulator_is_at_the_address_that_make_run_shows() -> None:
    assert address(domain=f"{API_ID}.execute-api.localhost", endpoint=LOCAL) == LOCAL


@pytest.mark.parametrize("base_path", ["/v1", "/registry/v1"])
def test_an_api_behind_a_base_path_is_at_its_domain_with_it(base_path: str) -> None:
    assert address(domain="api.example.com", path=f"{base_path}/openapi.json") == f"https://api.example.com{base_path}"


def test_an_api_behind_a_domain_that_shows_no_base_path_is_beside_its_description() -> None:
    shown = address(domain="api.example.com")
    for base in ("https://api.example.com/", "https://api.example.com/v1/"):
        assert urljoin(f"{base}openapi.json", shown) == base


@pytest.mark.parametrize("path", ["//evil.example/openapi.json", "/v1//openapi.json", "/a b/openapi.json", "/docs"])
def test_a_path_that_no_mapping_can_have_is_not_repeated(path: str) -> None:
    assert address(domain="api.example.com", path=path) == "."


def test_few_texts_are_kept_however_many_addresses_are_asked_for() -> None:
    for number in range(20):
        assert address(domain="api.example.com", path=f"/v{number}/openapi.json").endswith(f"/v{number}")
    assert vars(docs)["_compact"].cache_info().currsize == 4


@pytest.mark.parametrize("domain", [DOMAIN, "api.example.com"])
def test_the_clients_own_idea_of_the_host_is_not_repeated(domain: str) -> None:
    told = {"host": "evil.example", "x-forwarded-host": "evil.example", "x-forwarded-proto": "gopher"}
    for path in ("/openapi.json", "/v1/openapi.json"):
        shown = address(domain=domain, path=path, **told)
        assert "evil" not in shown
        assert "gopher" not in shown


@pytest.mark.parametrize(("authorization", "schemes"), [("AWS_IAM", ["sigv4"]), ("JWT", ["bearer"]), ("NONE", [])])
def test_it_demands_the_authorization_of_its_installation_and_no_other(authorization: str, schemes: list[str]) -> None:
    document = served(authorization=authorization)
    assert document["security"] == [{name: []} for name in schemes]
    assert list(document["components"]["securitySchemes"]) == schemes
    validate(document)


def test_the_description_that_is_checked_in_is_of_any_installation() -> None:
    assert CHECKED_IN["security"] == [{"sigv4": []}, {"bearer": []}]
    assert CHECKED_IN["servers"][0]["url"] == "https://{apiId}.execute-api.{region}.amazonaws.com"


@pytest.mark.parametrize(("domain", "base"), [(DOMAIN, f"https://{DOMAIN}/"), ("api.example.com", "./")])
def test_its_documentation_is_the_page_of_its_installation(domain: str, base: str) -> None:
    assert served(domain)["externalDocs"]["url"] == f"{base}docs"


def test_documentation_that_has_an_address_of_its_own_keeps_it(tmp_path: Path) -> None:
    description = tmp_path / "openapi.json"
    description.write_text(json.dumps({**CHECKED_IN, "externalDocs": {"url": "https://docs.example.com/"}}))
    answer = System(description=description).resolve(request("GET", "/openapi.json"))
    assert json.loads(answer["body"])["externalDocs"] == {"url": "https://docs.example.com/"}


def test_all_else_is_served_as_it_is_checked_in() -> None:
    document = served()
    own = {name: CHECKED_IN[name] for name in ("servers", "security", "components")}
    assert {**document, **own} == {**CHECKED_IN, "externalDocs": document["externalDocs"]}
    schemes = CHECKED_IN["components"]["securitySchemes"]
    assert {**document["components"], "securitySchemes": schemes} == CHECKED_IN["components"]
