"""What the template's parameters make of the stack, where the emulator would not show it."""

import pytest

from tests.support.parameters import template_with

DOCS = ("GetDocsRoute", "GetOpenApiRoute")
JWT = {"Authorization": "JWT", "JwtIssuer": "https://issuer.example", "JwtAudience": "cars"}


def test_no_page_elsewhere_may_call_the_api_by_default() -> None:
    resources = template_with()
    assert "CorsConfiguration" not in resources["HttpApi"]["Properties"]
    assert "PreflightRoute" not in resources


def test_pages_of_the_origins_named_may_call_it() -> None:
    cors = template_with(CorsOrigins="https://a.example,https://b.example")["HttpApi"]["Properties"][
        "CorsConfiguration"
    ]
    assert cors["AllowOrigins"] == ["https://a.example", "https://b.example"]
    assert cors["AllowMethods"] == ["DELETE", "GET", "PATCH", "POST", "PUT"]
    assert {"authorization", "content-type", "if-match", "idempotency-key", "prefer"} < set(cors["AllowHeaders"])
    assert {"etag", "location", "preference-applied", "retry-after"} < set(cors["ExposeHeaders"])
    assert "AllowCredentials" not in cors


def test_a_browser_may_ask_beforehand_without_credentials() -> None:
    preflight = template_with(CorsOrigins="https://a.example", **JWT)["PreflightRoute"]["Properties"]
    assert preflight["RouteKey"] == "OPTIONS /{proxy+}"
    assert preflight["AuthorizationType"] == "NONE"
    assert "AuthorizerId" not in preflight


@pytest.mark.parametrize("route", DOCS)
def test_the_docs_want_the_apis_authorization_by_default(route: str) -> None:
    signed, with_token = template_with()[route]["Properties"], template_with(**JWT)[route]["Properties"]
    assert signed["AuthorizationType"] == "AWS_IAM"
    assert "AuthorizerId" not in signed
    assert with_token["AuthorizationType"] == "JWT"
    assert with_token["AuthorizerId"] == {"Ref": "JwtAuthorizer"}


@pytest.mark.parametrize("route", DOCS)
@pytest.mark.parametrize("authorization", [{}, JWT])
def test_the_docs_are_open_to_anybody_where_that_is_wanted(route: str, authorization: dict[str, str]) -> None:
    resources = template_with(PublicDocs="true", **authorization)
    assert resources[route]["Properties"]["AuthorizationType"] == "NONE"
    assert "AuthorizerId" not in resources[route]["Properties"]
    assert resources["PostCarsRoute"]["Properties"]["AuthorizationType"] == authorization.get(
        "Authorization", "AWS_IAM"
    )
