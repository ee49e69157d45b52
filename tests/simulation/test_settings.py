"""What the world is modelled for is what the template and the functions say."""

from tests.simulation.world import settings
from tests.simulation.world.aws import World
from tests.support.functions import ROOT_FOLDER
from tests.support.template import properties


def test_the_commands_queue_deduplicates_within_a_group() -> None:
    assert properties("CarCommandsQueue")["DeduplicationScope"] == "messageGroup"


def test_the_spare_receives_are_the_command_handlers() -> None:
    code = (ROOT_FOLDER / "functions" / "command_handler" / "app.py").read_text()
    assert f"\nSPARE = {settings.SPARE_RECEIVES}\n" in code


def test_the_streams_readers_bisect_and_never_stop_trying() -> None:
    for reader in settings.STREAM_READERS:
        mapping = properties(f"Car{reader}")["Events"]["Commits"]["Properties"]
        assert mapping["MaximumRetryAttempts"] == -1
        assert mapping["BisectBatchOnFunctionError"]
        assert mapping["ParallelizationFactor"] == 1


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
