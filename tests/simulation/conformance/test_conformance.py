"""The same scripts in the model and elsewhere: what is seen has to be the same, so that no model is wishful thinking.

Where an emulator is known to be wrong, its difference is expected: should it become right, that is noticed too.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from importlib import import_module
from typing import Any

import boto3
import pytest
from moto import mock_aws

from tests.simulation.conformance import scripts_dynamodb, scripts_sns, scripts_sqs
from tests.simulation.conformance.places import Model, Place, Real
from tests.simulation.conformance.unobserved import UNOBSERVED, Unobserved
from tests.support.aws import ENVIRONMENT
from tools.aws import emulated
from tools.local.emulator import emulator
from tools.local.machine import HOST

Script = Callable[[Place], Any]

SCRIPTS: tuple[Script, ...] = (*scripts_dynamodb.SCRIPTS, *scripts_sqs.SCRIPTS, *scripts_sns.SCRIPTS)

EMULATOR_IS_OTHERWISE: Mapping[Script, str] = {
    scripts_sqs.a_redriven_message_is_a_new_one: "it has no StartMessageMoveTask",
    # https://github.com/aws/aws-sdk-js/issues/1750; localstack found the same in AWS, https://github.com/localstack/localstack/pull/12442
    scripts_sqs.a_receipt_expires_with_the_visibility: "it deletes by an old receipt",
}
MOTO_IS_OTHERWISE: Mapping[Script, str] = {
    scripts_dynamodb.a_page_that_ends_by_its_limit_names_a_last_key: "it looks ahead, which DynamoDB does not",
    scripts_dynamodb.the_stream_tells_each_change_in_order: "its streams want another mock",
    scripts_sqs.a_duplicate_is_taken_and_not_delivered: "it forgets the id with the message",
    scripts_sqs.a_deduplication_id_counts_within_its_group: "it deduplicates by queue",
    scripts_sqs.numbers_grow_within_a_group: "its numbers are random",
    scripts_sns.what_was_published_before_reaches_no_later_subscriber: "its topics leave deduplication to the queues",
}
WAITING = frozenset(
    {
        scripts_sqs.what_was_not_deleted_comes_again_first,
        scripts_sqs.a_number_stays_the_same_at_every_receiving,
        scripts_sqs.a_redriven_message_is_a_new_one,
        scripts_sqs.a_receipt_expires_with_the_visibility,
        scripts_sqs.a_standard_queue_gives_everything_at_once,
    }
)
"""They take a second each, and moto cannot do two things at once."""


def against(differences: Mapping[Script, str], without: frozenset[Script] = frozenset()) -> list[Any]:
    """List the scripts; of a place's known differences, each is expected to show."""
    return [
        pytest.param(
            script,
            id=script.__name__,
            marks=pytest.mark.xfail(reason=reason) if (reason := differences.get(script)) else (),
        )
        for script in SCRIPTS
        if script not in without
    ]


@pytest.fixture(scope="module")
def emulator_saw() -> Iterator[Mapping[Script, Future[Any]]]:
    """Run every script in the emulator, all at once: most of their time is waiting."""
    with emulator() as port, ThreadPoolExecutor(8) as threads:
        aws = emulated(f"http://{HOST}:{port}")
        streams = aws.session.client("dynamodbstreams", endpoint_url=aws.endpoint)
        place = Real(aws.dynamodb(), aws.sqs(), aws.sns(), streams)
        yield {script: threads.submit(script, place) for script in SCRIPTS}


@pytest.fixture(scope="module")
def moto_place() -> Iterator[Place]:
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        patch.delenv("AWS_PROFILE", raising=False)
        for name, value in ENVIRONMENT.items():
            patch.setenv(name, value)
        with mock_aws():
            clients = [boto3.client(service) for service in ("dynamodb", "sqs", "sns", "dynamodbstreams")]
            yield Real(*clients)


@pytest.mark.parametrize("script", against(EMULATOR_IS_OTHERWISE))
def test_the_model_does_as_the_emulator(script: Script, emulator_saw: Mapping[Script, Future[Any]]) -> None:
    assert script(Model()) == emulator_saw[script].result()


@pytest.mark.parametrize("script", against(MOTO_IS_OTHERWISE, WAITING))
def test_the_model_does_as_moto(script: Script, moto_place: Place) -> None:
    assert script(Model()) == script(moto_place)


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        (scripts_sqs.a_redriven_message_is_a_new_one, [["1", "2"], 0, [True, True], ["1", "1"], ["a", "a"]]),
        (scripts_sqs.a_receipt_expires_with_the_visibility, "InvalidParameterValue"),
    ],
)
def test_what_no_emulator_shows_the_model_does_as_aws_says(script: Script, seen: Any) -> None:
    assert script(Model()) == seen


@pytest.mark.parametrize("unobserved", UNOBSERVED, ids=lambda unobserved: unobserved.what)
def test_what_no_emulator_shows_a_test_of_the_model_pins(unobserved: Unobserved) -> None:
    module, _, test = unobserved.test.partition(".")
    assert callable(getattr(import_module(f"tests.simulation.{module}"), test))
