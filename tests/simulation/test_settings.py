"""The world's figures are the template's."""

from importlib import import_module
from typing import Any

from tests.simulation.world import settings
from tests.simulation.world.aws import World
from tests.support.functions import ROOT_FOLDER
from tests.support.template import properties

_cfn_yaml: Any = import_module("cfnlint.decode.cfn_yaml")
TEMPLATE: Any = _cfn_yaml.load(str(ROOT_FOLDER / "template.yaml"))


def mapped(value: Any) -> Any:
    (names,) = value.values()
    name, section, figure = names
    return TEMPLATE["Mappings"][name][section][figure]


def test_the_commands_queue_is_the_templates() -> None:
    queue = properties("CommandsQueue")
    assert queue["VisibilityTimeout"] == settings.COMMANDS_VISIBILITY
    assert mapped(queue["RedrivePolicy"]["maxReceiveCount"]) == settings.MAX_RECEIVES
    assert queue["DeduplicationScope"] == "messageGroup"
    assert properties("CommandHandler")["Events"]["Commands"]["Properties"]["BatchSize"] == settings.QUEUE_BATCH


def test_the_spare_receives_are_the_command_handlers() -> None:
    code = (ROOT_FOLDER / "functions" / "command_handler" / "app.py").read_text()
    assert f"\nSPARE = {settings.SPARE_RECEIVES}\n" in code


def test_the_streams_readers_are_the_templates() -> None:
    for function in ("EventBroadcaster", "CarProjector"):
        mapping = properties(function)["Events"]["Commits"]["Properties"]
        assert mapping["BatchSize"] == settings.STREAM_BATCH
        assert mapped(mapping["MaximumRecordAgeInSeconds"]) == settings.MAXIMUM_AGE
        assert mapping["MaximumRetryAttempts"] == -1
        assert mapping["BisectBatchOnFunctionError"]
        assert mapping["ParallelizationFactor"] == 1


def test_the_functions_timeouts_are_the_templates() -> None:
    default = TEMPLATE["Globals"]["Function"]["Timeout"]
    assert {name: properties(name).get("Timeout", default) for name in settings.TIMEOUTS} == settings.TIMEOUTS


def test_the_tables_keys_and_indexes_are_the_templates() -> None:
    for name, table in World().tables.items():
        template = properties(name)
        assert [key["AttributeName"] for key in template["KeySchema"]] == list(table.key.names)
        indexes = {
            index["IndexName"]: tuple(key["AttributeName"] for key in index["KeySchema"])
            for index in template.get("GlobalSecondaryIndexes", [])
        }
        assert {index: schema.names for index, schema in table.indexes.items()} == indexes
        assert template.get("TimeToLiveSpecification", {}).get("AttributeName", "") == table.ttl
