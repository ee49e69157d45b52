"""What the template's parameters make of the stack, where the emulator would not show it."""

import pytest

from tests.support.parameters import template_with
from tests.support.template import template
from trigger_pattern.http.preferences import MAX_WAIT_SECONDS
from trigger_pattern.http.writes import RESERVE_SECONDS

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
    assert cors["AllowMethods"] == ["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"]
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
    assert resources["PostRoute"]["Properties"]["AuthorizationType"] == authorization.get("Authorization", "AWS_IAM")


def test_the_topic_is_fifo_without_an_archive_by_default() -> None:
    topic = template_with()["CarEventsTopic"]["Properties"]
    assert topic["FifoTopic"] is True
    assert "ArchivePolicy" not in topic


def test_a_standard_topic_has_nothing_of_a_fifo_topic() -> None:
    resources = template_with(TopicType="standard")
    assert resources["CarEventsTopic"]["Properties"].keys() == {"KmsMasterKeyId"}
    assert resources["CarEventBroadcaster"]["Properties"]["Environment"]["Variables"]["EVENTS_TOPIC_TYPE"] == "standard"


def test_a_topic_keeps_an_archive_for_as_long_as_wanted() -> None:
    assert template_with(TopicArchiveDays="30")["CarEventsTopic"]["Properties"]["ArchivePolicy"] == {
        "MessageRetentionPeriod": "30"
    }


def test_a_client_may_wait_twenty_seconds_and_no_executions_are_reserved_by_default() -> None:
    api = template_with()["CommandApi"]["Properties"]
    assert api["Environment"]["Variables"]["LONGEST_WAIT_SECONDS"] == 20
    assert "ReservedConcurrentExecutions" not in api


def test_waits_and_executions_are_bounded_where_that_is_wanted() -> None:
    api = template_with(LongestWait="5", CommandApiConcurrency="50")["CommandApi"]["Properties"]
    assert api["Environment"]["Variables"]["LONGEST_WAIT_SECONDS"] == "5"
    assert api["ReservedConcurrentExecutions"] == "50"


def test_no_client_may_wait_longer_than_the_function_runs() -> None:
    parameters, api = template()["Parameters"], template_with()["CommandApi"]["Properties"]
    assert parameters["LongestWait"]["MaxValue"] == MAX_WAIT_SECONDS
    assert RESERVE_SECONDS + MAX_WAIT_SECONDS < api["Timeout"] < 30


def test_a_function_gives_a_record_up_before_lambda_does_and_lambda_before_the_stream_does() -> None:
    resources = template_with()
    for name in ("CarEventBroadcaster", "CarProjector"):
        properties = resources[name]["Properties"]
        patience = properties["Environment"]["Variables"]["PATIENCE_SECONDS"]
        assert int(patience) < properties["Events"]["Commits"]["Properties"]["MaximumRecordAgeInSeconds"] < 24 * 3600
