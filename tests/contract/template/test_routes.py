"""Who may call which route, and which function answers it."""

import json
from itertools import product
from typing import Any

import pytest

from tests.contract.template.stacks import AUTHORIZATIONS, CORS, ENVIRONMENTS, LOCAL, of_type, properties_of, target

DESCRIBED = ("/docs", "/openapi.json", "/asyncapi.yaml", "/schemas/{resource}/{event}/{version}")
DOCS = frozenset(product(("GET", "HEAD"), DESCRIBED))
PREFLIGHT = ("OPTIONS", "/{proxy+}")
WRITES = ("POST", "PUT", "PATCH", "DELETE")
LOGGED = {
    "requestId",
    "requestTime",
    "identity.sourceIp",
    "routeKey",
    "path",
    "status",
    "responseLatency",
    "responseLength",
    "error.message",
    "integrationErrorMessage",
}
"""What the access log has of a request: no header, no query, no body."""
PUBLIC = {"false": frozenset[tuple[str, str]](), "true": DOCS}
"""What `PublicDocs` opens."""


def _routes(**parameters: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Return the routes' properties by method and path; the method of `$default` is empty."""
    declared = properties_of("AWS::ApiGatewayV2::Route", **parameters).values()
    return {_key(route["RouteKey"]): route for route in declared}


def _key(route_key: str) -> tuple[str, str]:
    method, _, path = route_key.rpartition(" ")
    return method, path


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("public", PUBLIC)
@pytest.mark.parametrize("authorization", ["AWS_IAM", "JWT"])
def test_every_route_wants_the_authorization_but_public_docs_and_the_preflight(
    environment: str, public: str, authorization: str
) -> None:
    routes = _routes(**ENVIRONMENTS[environment], **AUTHORIZATIONS[authorization], **CORS, PublicDocs=public)
    wanted = {key: "NONE" if key in PUBLIC[public] or key == PREFLIGHT else authorization for key in routes}
    assert {key: route["AuthorizationType"] for key, route in routes.items()} == wanted


def test_every_route_with_a_token_has_it_verified_by_the_apis_authorizer() -> None:
    for route in _routes(**AUTHORIZATIONS["JWT"], **CORS, PublicDocs="true").values():
        wanted = {"Ref": "JwtAuthorizer"} if route["AuthorizationType"] == "JWT" else None
        assert route.get("AuthorizerId") == wanted, route["RouteKey"]


@pytest.mark.parametrize("authorization", ["AWS_IAM", "NONE"])
def test_nothing_has_an_authorizer_without_tokens(authorization: str) -> None:
    chosen = AUTHORIZATIONS[authorization]
    assert not [route for route in _routes(**chosen).values() if "AuthorizerId" in route]
    assert of_type("AWS::ApiGatewayV2::Authorizer", **chosen) == {}


def test_the_authorizer_verifies_the_bearer_token_of_the_issuer_named() -> None:
    (authorizer,) = properties_of("AWS::ApiGatewayV2::Authorizer", **AUTHORIZATIONS["JWT"]).values()
    assert authorizer["AuthorizerType"] == "JWT"
    assert authorizer["ApiId"] == {"Ref": "HttpApi"}
    assert authorizer["IdentitySource"] == ["$request.header.Authorization"]
    assert authorizer["JwtConfiguration"] == {"Issuer": "https://issuer.example", "Audience": ["cars", "vans"]}


def test_a_write_goes_to_command_api_and_the_rest_to_query_api() -> None:
    integrations = properties_of("AWS::ApiGatewayV2::Integration")
    for (method, path), route in _routes(**CORS).items():
        integration = integrations[target(route["Target"]).removeprefix("integrations/")]
        function = "CommandApi" if method in WRITES else "QueryApi"
        assert (target(integration["IntegrationUri"]), route["ApiId"]) == (function, {"Ref": "HttpApi"}), path
        assert (integration["IntegrationType"], integration["PayloadFormatVersion"]) == ("AWS_PROXY", "2.0")


def test_this_api_alone_may_call_the_two_functions() -> None:
    permissions = list(properties_of("AWS::Lambda::Permission").values())
    assert sorted(target(permission["FunctionName"]) for permission in permissions) == ["CommandApi", "QueryApi"]
    for permission in permissions:
        assert permission["Principal"] == "apigateway.amazonaws.com"
        assert permission["Action"] == "lambda:InvokeFunction"
        assert permission["SourceArn"]["Fn::Sub"].endswith(":${AWS::AccountId}:${HttpApi}/*/*")


def test_all_callers_together_are_bounded_and_every_request_is_logged() -> None:
    (stage,) = properties_of("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"] == {"ThrottlingBurstLimit": 200, "ThrottlingRateLimit": 100}
    assert (stage["StageName"], stage["AutoDeploy"]) == ("$default", True)
    assert target(stage["AccessLogSettings"]["DestinationArn"]) == "HttpApiLogGroup"
    logged = json.loads(stage["AccessLogSettings"]["Format"]).values()
    assert {value.removeprefix("$context.") for value in logged} == LOGGED


def test_a_page_may_use_every_method_that_a_route_has() -> None:
    """HEAD is always allowed: the Fetch standard's list of safe methods has it."""
    cors = properties_of("AWS::ApiGatewayV2::Api", **CORS)["HttpApi"]["CorsConfiguration"]
    methods = {method for method, _ in _routes()} - {"", "HEAD"}
    assert set(cors["AllowMethods"]) - {"HEAD"} == methods
    assert cors["AllowOrigins"] == ["https://a.example"]
    assert "AllowCredentials" not in cors
    assert cors["MaxAge"] == 3600
    exposed = {"allow", "content-location", "etag", "link", "location", "preference-applied", "retry-after"}
    assert set(cors["ExposeHeaders"]) >= exposed
    assert set(cors["AllowHeaders"]) >= {
        "authorization",
        "content-type",
        "idempotency-key",
        "if-match",
        "if-none-match",
        "prefer",
        "x-amz-content-sha256",
        "x-amz-date",
        "x-amz-security-token",
        "x-correlation-id",
    }


def test_no_page_elsewhere_may_call_the_api_by_default() -> None:
    assert "CorsConfiguration" not in properties_of("AWS::ApiGatewayV2::Api")["HttpApi"]
    assert PREFLIGHT not in _routes()


def test_the_local_stack_may_be_open() -> None:
    routes = _routes(**LOCAL, Authorization="NONE")
    assert {route["AuthorizationType"] for route in routes.values()} == {"NONE"}
