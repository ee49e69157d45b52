"""What the template says of queues, streams and functions."""

from typing import Any, Final

from tests.support.template import mapped, properties, template

SHARED_FUNCTIONS: Final = ("CommandApi", "QueryApi")
STREAM_READERS: Final = ("EventBroadcaster", "Projector")
FUNCTIONS: Final = ("CommandHandler", *STREAM_READERS)
"""Each resource has these of its own, behind its name. The template's loops make them alike, so cars' are read."""


def _mapping(function: str, event: str) -> dict[str, Any]:
    """Return an event source mapping's properties."""
    return dict(properties(f"Car{function}")["Events"][event]["Properties"])


def _timeout(logical_id: str) -> float:
    return float(properties(logical_id).get("Timeout", template()["Globals"]["Function"]["Timeout"]))


COMMANDS_VISIBILITY: Final = float(properties("CarCommandsQueue")["VisibilityTimeout"])
MAX_RECEIVES: Final = int(mapped(properties("CarCommandsQueue")["RedrivePolicy"]["maxReceiveCount"]))
QUEUE_BATCH: Final = int(_mapping("CommandHandler", "Commands")["BatchSize"])
RETRY_VISIBILITY: Final = float(properties("CarProjectorRetryQueue")["VisibilityTimeout"])
RETRY_RECEIVES: Final = int(properties("CarProjectorRetryQueue")["RedrivePolicy"]["maxReceiveCount"])
RETRY_BATCH: Final = int(_mapping("Projector", "Retries")["BatchSize"])
STREAM_BATCH: Final = {reader: int(_mapping(reader, "Commits")["BatchSize"]) for reader in STREAM_READERS}
MAXIMUM_AGE: Final = {
    reader: float(mapped(_mapping(reader, "Commits")["MaximumRecordAgeInSeconds"])) for reader in STREAM_READERS
}
PATIENCE: Final = float(mapped(properties("CarEventBroadcaster")["Environment"]["Variables"]["PATIENCE_SECONDS"]))
TIMEOUTS: Final = {
    **{function: _timeout(function) for function in SHARED_FUNCTIONS},
    **{function: _timeout(f"Car{function}") for function in FUNCTIONS},
}
SPARE_RECEIVES: Final = 10
"""In which the command handler sets aside what keeps failing: `SPARE` in its `app.py`."""
DEFAULT_VISIBILITY: Final = 30.0
"""SQS's own, for queues of which the template says nothing."""
