"""Which parameters a stack may have together, and what they are by default."""

import re

import pytest

from tests.contract.template.stacks import AUTHORIZATIONS, LOCAL
from tests.support.parameters import broken_rules
from tests.support.template import template

DEFAULTS = {
    "Environment": "dev",
    "Runtime": "python3.13",
    "Architecture": "arm64",
    "Authorization": "AWS_IAM",
    "JwtIssuer": "",
    "JwtAudience": "",
    "PublicDocs": "false",
    "CorsOrigins": "",
    "TopicType": "fifo",
    "TopicArchiveDays": 0,
    "LogLevel": "INFO",
    "AwsEndpointUrl": "",
    "LongestWait": 20,
    "CommandApiConcurrency": 0,
}
VALUES = {
    "Environment": ["local", "dev", "prod"],
    "Authorization": ["AWS_IAM", "JWT", "NONE"],
    "PublicDocs": ["true", "false"],
    "TopicType": ["fifo", "standard"],
    "LogLevel": ["DEBUG", "INFO", "WARNING", "ERROR"],
}
JWT = dict(AUTHORIZATIONS["JWT"])

ALLOWED = [
    {},
    {"Environment": "prod"},
    LOCAL,
    {**LOCAL, "Authorization": "NONE"},
    {**JWT, "Environment": "prod"},
    {"TopicType": "standard", "TopicArchiveDays": "0"},
    {"TopicArchiveDays": "365"},
]
REFUSED = [
    ("OpenOnlyOnOneMachine", {"Authorization": "NONE"}),
    ("OpenOnlyOnOneMachine", {"Authorization": "NONE", "Environment": "prod", "AwsEndpointUrl": "http://x"}),
    ("LocalMeansAnEmulator", {"Environment": "local"}),
    ("LocalMeansAnEmulator", {"Environment": "local", "Authorization": "NONE"}),
    ("OnlyFifoTopicsHaveAnArchive", {"TopicType": "standard", "TopicArchiveDays": "30"}),
    ("JwtNamesItsIssuer", {**JWT, "JwtIssuer": ""}),
    ("JwtNamesItsIssuer", {**JWT, "JwtAudience": ""}),
]


@pytest.mark.parametrize("parameters", ALLOWED)
def test_a_stack_may_have(parameters: dict[str, str]) -> None:
    assert broken_rules(**parameters) == []


@pytest.mark.parametrize(("rule", "parameters"), REFUSED)
def test_a_stack_may_not_have(rule: str, parameters: dict[str, str]) -> None:
    assert broken_rules(**parameters) == [rule]


def test_every_rule_has_a_case_that_it_refuses() -> None:
    assert {rule for rule, _ in REFUSED} == template()["Rules"].keys()


@pytest.mark.parametrize("parameter", DEFAULTS)
def test_a_parameter_has_this_default(parameter: str) -> None:
    assert template()["Parameters"][parameter]["Default"] == DEFAULTS[parameter]


@pytest.mark.parametrize("parameter", VALUES)
def test_a_parameter_has_one_of_these_values(parameter: str) -> None:
    assert template()["Parameters"][parameter]["AllowedValues"] == VALUES[parameter]


def test_every_parameter_has_a_fact_here() -> None:
    assert template()["Parameters"].keys() == DEFAULTS.keys()


@pytest.mark.parametrize("parameter", ["JwtAudience", "CorsOrigins"])
def test_a_list_of_names_has_no_blanks(parameter: str) -> None:
    """A blank would become part of a name that nobody has."""
    pattern = template()["Parameters"][parameter]["AllowedPattern"]
    assert re.fullmatch(pattern, "https://a.example,https://b.example")
    assert re.fullmatch(pattern, "")
    assert not re.fullmatch(pattern, "a, b")


def test_an_archive_is_kept_for_a_year_at_most() -> None:
    archive = template()["Parameters"]["TopicArchiveDays"]
    assert (archive["MinValue"], archive["MaxValue"]) == (0, 365)
