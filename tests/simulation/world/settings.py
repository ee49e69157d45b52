"""What the template says of queues, streams and functions; `test_settings.py` holds these figures to it."""

COMMANDS_VISIBILITY = 180.0
MAX_RECEIVES = 1000
SPARE_RECEIVES = 10
"""In which the command handler sets aside what keeps failing."""
QUEUE_BATCH = 10
STREAM_BATCH = 100
MAXIMUM_AGE = 82_800.0
TIMEOUTS = {
    "CommandApi": 29.0,
    "QueryApi": 20.0,
    "CommandHandler": 30.0,
    "EventBroadcaster": 60.0,
    "CarProjector": 60.0,
}
DEFAULT_VISIBILITY = 30.0
"""SQS's own, for queues of which the template says nothing."""
