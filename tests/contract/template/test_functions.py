"""How long each function may run, what invokes it, and for how long its log is kept."""

from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.contract.template.stacks import ENVIRONMENTS, of_type, properties_of, target
from tests.support.functions import ROOT_FOLDER
from tests.support.template import template
from trigger_pattern.http.headers import MAX_WAIT_SECONDS
from trigger_pattern.http.writes import RESERVE_SECONDS

TIMEOUTS = {"CommandApi": 29, "QueryApi": 20, "CarCommandHandler": 30, "CarEventBroadcaster": 60, "CarProjector": 60}
"""In seconds."""
MEMORY = dict.fromkeys(TIMEOUTS, 512)
"""In MB."""
RESERVED: dict[str, int] = {}
"""The concurrent executions that a function has to itself, and at most."""
LOGS = {
    "HttpApiLogGroup": "/aws/vendedlogs/${AWS::StackName}/http-api",
    "CommandApiLogGroup": "/aws/lambda/${AWS::StackName}/command-api",
    "QueryApiLogGroup": "/aws/lambda/${AWS::StackName}/query-api",
    "CarCommandHandlerLogGroup": "/aws/lambda/${AWS::StackName}/car-command-handler",
    "CarEventBroadcasterLogGroup": "/aws/lambda/${AWS::StackName}/car-event-broadcaster",
    "CarProjectorLogGroup": "/aws/lambda/${AWS::StackName}/car-projector",
}
LOG_DAYS = {"local": 1, "dev": 14, "prod": 365}
UPDATED_AFTER = {
    "CommandApi": ["CarCommandHandler"],
    "CarCommandHandler": ["CarEventBroadcaster", "CarProjector", "QueryApi"],
}
"""Readers of new events are deployed before their writer, and the writer before the sender of new commands.

In a loop of the template nothing can depend on what the loop makes, but by a reference: a variable has it.
"""
STREAM_DLQS = {"CarEventBroadcaster": "CarBroadcastDlq", "CarProjector": "CarProjectorDlq"}
"""The stream's two readers, and where Lambda keeps the place of a batch that it gave up."""
PATIENCE, MAXIMUM_AGE, STREAM = (int(timedelta(hours=hours).total_seconds()) for hours in (22, 23, 24))
"""In seconds: when a function gives a record up, when Lambda does, and when the stream forgets it."""
API_GATEWAYS_TIMEOUT = 30
SHARED = {"POWERTOOLS_SERVICE_NAME": "cars", "POWERTOOLS_LOG_LEVEL": "INFO"}
VARIABLES = {
    "CommandApi": {
        "CarCommandsQueue": "CarCommandsQueue",
        "CarEventsTable": "CarEventsTable",
        "CarOutcomesTable": "CarOutcomesTable",
        "CarTicketsTable": "CarTicketsTable",
        "CarHandledBy": "CarCommandHandler",
        "LONGEST_WAIT_SECONDS": "20",
    },
    "QueryApi": {
        "CarEventsTable": "CarEventsTable",
        "CarOutcomesTable": "CarOutcomesTable",
        "CarViewTable": "CarViewTable",
        "STACK_NAME": "AWS::StackName",
        "API_ENDPOINT": "HttpApi.ApiEndpoint",
        "AUTHORIZATION": "AWS_IAM",
    },
    "CarCommandHandler": {
        "RESOURCE": "car",
        "EVENTS_TABLE": "CarEventsTable",
        "OUTCOMES_TABLE": "CarOutcomesTable",
        "COMMANDS_DLQ_URL": "CarCommandsDlq",
        "COMMANDS_QUEUE_URL": "CarCommandsQueue",
        "READ_BY": "CarEventBroadcaster,CarProjector,QueryApi",
        "MAX_RECEIVES": "1000",
    },
    "CarEventBroadcaster": {
        "RESOURCE": "car",
        "EVENTS_TABLE": "CarEventsTable",
        "EVENTS_TOPIC_ARN": "CarEventsTopic",
        "EVENTS_TOPIC_TYPE": "fifo",
        "PATIENCE_SECONDS": str(PATIENCE),
        "BROADCAST_DLQ_URL": "CarBroadcastDlq",
        "EVENT_SOURCE": "tag:example.com,2026:cars/AWS::StackName",
    },
    "CarProjector": {
        "RESOURCE": "car",
        "EVENTS_TABLE": "CarEventsTable",
        "VIEW_TABLE": "CarViewTable",
        "PATIENCE_SECONDS": str(PATIENCE),
        "PROJECTOR_DLQ_URL": "CarProjectorDlq",
        "PROJECTOR_RETRY_QUEUE_URL": "CarProjectorRetryQueue",
    },
}
"""What the environment tells each function, beside what all are told."""

FUNCTIONS = properties_of("AWS::Serverless::Function")


def _events(function: str) -> dict[str, dict[str, Any]]:
    return dict(FUNCTIONS[function].get("Events", {}))


def test_functions_have_these_timeouts_and_this_memory() -> None:
    assert {name: function["Timeout"] for name, function in FUNCTIONS.items()} == TIMEOUTS
    assert {name: function["MemorySize"] for name, function in FUNCTIONS.items()} == MEMORY


def test_these_functions_have_reserved_concurrency() -> None:
    reserved = {name: function.get("ReservedConcurrentExecutions") for name, function in FUNCTIONS.items()}
    assert {name: count for name, count in reserved.items() if count is not None} == RESERVED


def test_waits_and_executions_are_bounded_where_that_is_wanted() -> None:
    chosen = properties_of("AWS::Serverless::Function", LongestWait="5", CommandApiConcurrency="50")["CommandApi"]
    assert chosen["Environment"]["Variables"]["LONGEST_WAIT_SECONDS"] == "5"
    assert chosen["ReservedConcurrentExecutions"] == "50"
    assert template()["Parameters"]["LongestWait"]["MaxValue"] == MAX_WAIT_SECONDS


def test_an_api_function_answers_before_api_gateway_gives_up() -> None:
    for name in ("CommandApi", "QueryApi"):
        assert TIMEOUTS[name] < API_GATEWAYS_TIMEOUT


def test_the_longest_wait_ends_before_the_functions_timeout() -> None:
    assert TIMEOUTS["CommandApi"] > MAX_WAIT_SECONDS + RESERVE_SECONDS


@pytest.mark.parametrize("function", UPDATED_AFTER)
def test_a_function_is_updated_after_those_that_read_what_it_writes(function: str) -> None:
    told = FUNCTIONS[function]["Environment"]["Variables"].values()
    named = ",".join(target(value) for value in told if not isinstance(value, str | int)).split(",")
    assert sorted(FUNCTIONS.keys() & named) == UPDATED_AFTER[function]


def test_functions_share_runtime_and_layers() -> None:
    for name, function in FUNCTIONS.items():
        assert (function["Runtime"], function["Architectures"]) == ("python3.13", ["arm64"]), name
        assert [target(layer) for layer in function["Layers"]] == [
            "Dependencies",
            "TriggerPattern",
            "ResourceModules",
        ], name
        assert function["Handler"] == "app.handler", name


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_logs_are_kept_as_long_as_the_environment_says(environment: str) -> None:
    groups = properties_of("AWS::Logs::LogGroup", **ENVIRONMENTS[environment])
    assert {name: group["LogGroupName"]["Fn::Sub"] for name, group in groups.items()} == LOGS
    assert {group["RetentionInDays"] for group in groups.values()} == {LOG_DAYS[environment]}


def test_logs_go_with_the_stack() -> None:
    for name, group in of_type("AWS::Logs::LogGroup").items():
        assert (group["DeletionPolicy"], group["UpdateReplacePolicy"]) == ("Delete", "Delete"), name


def test_every_function_writes_to_its_own_log_at_the_level_asked_for() -> None:
    for name, function in properties_of("AWS::Serverless::Function", LogLevel="ERROR").items():
        assert target(function["LoggingConfig"]["LogGroup"]) == f"{name}LogGroup"
        assert function["Environment"]["Variables"]["POWERTOOLS_LOG_LEVEL"] == "ERROR"


def test_functions_ask_aws_itself_unless_there_is_an_emulator() -> None:
    for environment, parameters in ENVIRONMENTS.items():
        for name, function in properties_of("AWS::Serverless::Function", **parameters).items():
            address = function["Environment"]["Variables"].get("AWS_ENDPOINT_URL")
            assert address == parameters.get("AwsEndpointUrl"), (environment, name)


def test_the_handler_takes_ten_commands_and_names_those_that_failed() -> None:
    """100 at a time, so that a backlog over many cars leaves the API its share of the account's concurrency."""
    assert _events("CarCommandHandler").keys() == {"Commands"}
    assert _events("CarCommandHandler")["Commands"]["Properties"] == {
        "Queue": {"Fn::GetAtt": ["CarCommandsQueue", "Arn"]},
        "BatchSize": 10,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": 100},
    }


@pytest.mark.parametrize("function", STREAM_DLQS)
def test_a_reader_of_the_stream_gets_every_insertion_in_order_for_23_hours(function: str) -> None:
    assert _events(function)["Commits"] == {
        "Type": "DynamoDB",
        "Properties": {
            "Stream": {"Fn::GetAtt": ["CarEventsTable", "StreamArn"]},
            "StartingPosition": "TRIM_HORIZON",
            "BatchSize": 100,
            "ParallelizationFactor": 1,
            "FilterCriteria": {"Filters": [{"Pattern": '{"eventName":["INSERT"]}'}]},
            "BisectBatchOnFunctionError": True,
            "MaximumRetryAttempts": -1,
            "MaximumRecordAgeInSeconds": MAXIMUM_AGE,
            "DestinationConfig": {
                "OnFailure": {"Type": "SQS", "Destination": {"Fn::GetAtt": [STREAM_DLQS[function], "Arn"]}}
            },
        },
    }


def test_the_stream_has_two_readers() -> None:
    events = [event["Type"] for name in FUNCTIONS for event in _events(name).values()]
    assert events.count("DynamoDB") == len(STREAM_DLQS)


def test_a_reader_gives_a_record_up_before_lambda_does_and_lambda_before_the_stream_does() -> None:
    assert PATIENCE < MAXIMUM_AGE < STREAM


@pytest.mark.parametrize("function", VARIABLES)
def test_a_function_is_told_these_names(function: str) -> None:
    told = FUNCTIONS[function]["Environment"]["Variables"]
    assert {name: str(value) if isinstance(value, str | int) else target(value) for name, value in told.items()} == {
        **SHARED,
        **VARIABLES[function],
    }


def test_layers_are_built_for_the_functions_runtime_and_processor_and_go_with_the_stack() -> None:
    chosen = {"Runtime": "python3.11", "Architecture": "x86_64"}
    for name, layer in of_type("AWS::Serverless::LayerVersion", **chosen).items():
        makefile = {"BuildMethod": "makefile", "ContextPath": "layers/make/python3.11-x86_64"}
        assert layer["Metadata"] == {**makefile, "BuildArchitecture": "x86_64"}, name
        assert layer["Properties"]["CompatibleRuntimes"] == ["python3.11"], name
        assert layer["Properties"]["CompatibleArchitectures"] == ["x86_64"], name
        assert layer["Properties"]["RetentionPolicy"] == "Delete", name


def test_each_runtime_and_processor_has_the_makefile_of_its_layers() -> None:
    parameters = template()["Parameters"]
    choices = product(parameters["Runtime"]["AllowedValues"], parameters["Architecture"]["AllowedValues"])
    made = {makefile.parent.name for makefile in (ROOT_FOLDER / "layers" / "make").glob("*/Makefile")}
    assert made == {"-".join(choice) for choice in choices}


@pytest.mark.parametrize("function", ["CommandApi", "QueryApi"])
def test_nothing_but_the_api_invokes_an_api_function(function: str) -> None:
    assert _events(function) == {}
