"""docs/guarantees.md: each length of time that it names is the template's or the code's."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.contract.template.stacks import properties_of
from tests.support.functions import ROOT_FOLDER
from trigger_pattern.application.idempotency import KEY_LIFETIME
from trigger_pattern.application.outcomes import OUTCOME_LIFETIME
from trigger_pattern.application.waiting import QUICK_SECONDS
from trigger_pattern.aws.messaging.deliveries import LONGEST_PAUSE, PATIENCE
from trigger_pattern.kernel.searching import CLOCK_SKEW

PAGE = (ROOT_FOLDER / "docs" / "guarantees.md").read_text()
WORDS = {"two": 2, "three": 3, "five": 5, "ten": 10}
DEDUPLICATION = timedelta(minutes=5)
"""SNS's and SQS's own: https://docs.aws.amazon.com/sns/latest/dg/fifo-message-dedup.html."""

Properties = dict[str, Any]


def _retention() -> timedelta:
    (seconds,) = {queue["MessageRetentionPeriod"] for queue in properties_of("AWS::SQS::Queue").values()}
    return timedelta(seconds=seconds)


def _broadcaster() -> Properties:
    return properties_of("AWS::Serverless::Function")["CarEventBroadcaster"]


DURATIONS = {
    "14 days": _retention(),
    "30 days": OUTCOME_LIFETIME,
    "24 hours": KEY_LIFETIME,
    "two days": PATIENCE,
    "30 seconds": CLOCK_SKEW,
    "three minutes": LONGEST_PAUSE,
    "22 hours": timedelta(seconds=int(_broadcaster()["Environment"]["Variables"]["PATIENCE_SECONDS"])),
    "23 hours": timedelta(seconds=_broadcaster()["Events"]["Commits"]["Properties"]["MaximumRecordAgeInSeconds"]),
    "two seconds": timedelta(seconds=QUICK_SECONDS),
    "five minutes": DEDUPLICATION,
}


@pytest.mark.parametrize("named", DURATIONS)
def test_a_length_of_time_on_the_page_is_the_real_one(named: str) -> None:
    count, unit = named.split()
    assert timedelta(**{unit: WORDS.get(count) or int(count)}) == DURATIONS[named]


def test_every_length_of_time_on_the_page_is_checked() -> None:
    counts = rf"(?:\d+|{'|'.join(WORDS)})"
    assert set(re.findall(rf"\b{counts} (?:days|hours|minutes|seconds)\b", PAGE)) == DURATIONS.keys()
