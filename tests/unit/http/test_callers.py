"""Who did it, and by which id it is found again."""

from typing import Any

import pytest

from tests.support.cars import CAR_ID, representation
from tests.support.http import REQUEST_ID
from tests.support.system import System
from trigger_pattern.application.submitting import MAX_ACTOR, MAX_CORRELATION_ID
from trigger_pattern.kernel import Command

ARN = "arn:aws:sts::123456789012:assumed-role/clerk/jane"


def sent_by(authorizer: dict[str, Any] | None = None, correlation_id: str | None = None) -> Command[Any]:
    headers = {} if correlation_id is None else {"X-Correlation-Id": correlation_id}
    system = System()
    answer = system.request_with("PUT", f"/cars/{CAR_ID}", representation(), headers, authorizer=authorizer)
    assert answer.status == 202, answer
    [(_, sent)] = system.sent
    return sent


def jwt(**claims: str) -> dict[str, Any]:
    return {"jwt": {"claims": claims, "scopes": None}}


def test_who_signed_the_request_is_the_actor() -> None:
    assert sent_by({"iam": {"userArn": ARN, "accessKey": "AKIAEXAMPLE", "userId": "AROAEXAMPLE:jane"}}).actor == ARN


def test_the_tokens_issuer_and_subject_are_the_actor() -> None:
    assert sent_by(jwt(iss="https://id.example.com", sub="jane", aud="cars")).actor == "jane https://id.example.com"


def test_a_person_is_not_known_by_the_program_that_asked_for_the_token() -> None:
    claims = jwt(azp="app", client_id="app", iss="https://id.example.com", sub="jane")
    assert sent_by(claims).actor == "jane https://id.example.com"


@pytest.mark.parametrize("claim", ["client_id", "azp"])
def test_a_machines_token_without_a_subject_is_known_by_its_client_id(claim: str) -> None:
    assert sent_by(jwt(iss="https://id.example.com", **{claim: "robot"})).actor == "robot https://id.example.com"


def test_a_token_that_names_nobody_is_known_by_its_issuer() -> None:
    assert sent_by(jwt(iss="https://id.example.com", aud="cars")).actor == "unnamed https://id.example.com"


@pytest.mark.parametrize("authorizer", [None, {}, {"iam": None}])
def test_nobody_is_anonymous(authorizer: dict[str, Any] | None) -> None:
    assert sent_by(authorizer).actor == "anonymous"


def test_a_long_name_is_cut() -> None:
    assert sent_by({"iam": {"userArn": "x" * 1_000}}).actor == "x" * MAX_ACTOR


@pytest.mark.parametrize(
    "given", ["7c1f6f0e-6a0b", "x", "x" * MAX_CORRELATION_ID, "!~", "Root=1-67891233-abcdef012345678912345678"]
)
def test_the_clients_correlation_id_is_taken(given: str) -> None:
    assert sent_by(correlation_id=given).correlation_id == given


@pytest.mark.parametrize(
    "given", ["", "x" * (MAX_CORRELATION_ID + 1), "a b", "ümlaut", "line\nbreak", "x\n", "\u0000", "\t", "\u200b"]
)
def test_one_that_is_too_long_or_odd_is_replaced_by_the_requests_id(given: str) -> None:
    assert sent_by(correlation_id=given).correlation_id == REQUEST_ID


def test_without_one_the_requests_id_is_taken() -> None:
    assert sent_by().correlation_id == REQUEST_ID
