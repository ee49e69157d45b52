"""What the template says of queues, streams and functions."""

from typing import Any, Final

from tests.support.template import mapped, properties, template

FUNCTIONS: Final = ("CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector")
STREAM_READERS: Final = ("CarEventBroadcaster", "CarProjector")


def _mapping(function: str, event: str) -> dict[str, Any]:
    """Give an event source mapping's properties."""
    return dict(properties(function)["Events"][event]["Properties"])


COMMANDS_VISIBILITY: Final = float(properties("CarCommandsQueue")["VisibilityTimeout"])
MAX_RECEIVES: Final = int(mapped(properties("CarCommandsQueue")["RedrivePolicy"]["maxReceiveCount"]))
QUEUE_BATCH: Final = int(_mapping("CarCommandHandler", "Commands")["BatchSize"])
RETRY_VISIBILITY: Final = float(properties("CarProjectorRetryQueue")["VisibilityTimeout"])
RETRY_RECEIVES: Final = int(properties("CarProjectorRetryQueue")["RedrivePolicy"]["maxReceiveCount"])
RETRY_BATCH: Final = int(_mapping("CarProjector", "Retries")["BatchSize"])
STREAM_BATCH: Final = {reader: int(_mapping(reader, "Commits")["BatchSize"]) for reader in STREAM_READERS}
MAXIMUM_AGE: Final = {
    reader: float(mapped(_mapping(reader, "Commits")["MaximumRecordAgeInSeconds"])) for reader in STREAM_READERS
}
PATIENCE: Final = float(mapped(properties("CarEventBroadcaster")["Environment"]["Variables"]["PATIENCE_SECONDS"]))
TIMEOUTS: Final = {
    function: float(properties(function).get("Timeout", template()["Globals"]["Function"]["Timeout"]))
    for function in FUNCTIONS
}
SPARE_RECEIVES: Final = 10
"""In which the command handler sets aside what keeps failing: `SPARE` in its `app.py`."""
DEFAULT_VISIBILITY: Final = 30.0
"""SQS's own, for queues of which the template says nothing."""
