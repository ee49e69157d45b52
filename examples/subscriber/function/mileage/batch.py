"""A batch of messages from a FIFO queue."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

logger = logging.getLogger(__name__)


def handle_in_order(records: Sequence[Mapping[str, Any]], handle: Callable[[str], None]) -> dict[str, Any]:
    """Handle messages up to the first failure, and return Lambda's partial batch response.

    It lists that message and every later one, handled or not, as AWS advises for FIFO queues: otherwise a car's next
    events would be lost. They are delivered again after their visibility timeout. The log gets the failure's
    reason, and nothing of the message.
    """
    for index, record in enumerate(records):
        try:
            handle(record["body"])
        except Exception:
            logger.exception("message %s failed", record["messageId"])
            return _failed(records[index:])
    return _failed(())


def _failed(records: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"batchItemFailures": [{"itemIdentifier": record["messageId"]} for record in records]}
