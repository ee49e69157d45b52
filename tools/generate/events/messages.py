"""Messages of a resource's queue, as SQS delivers them to its command handler."""

from datetime import timedelta
from hashlib import md5
from typing import Any, Final
from uuid import UUID

from tools.generate.commits import REGION, STACK_NAME
from tools.generate.events.life import Life
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.aws.messaging.command_message import write_command
from trigger_pattern.definition.representation import represent, represent_new
from trigger_pattern.definition.requests import CreateRequest, Request, UpdateRequest
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.kernel import Command

_SENT_AFTER: Final = timedelta(milliseconds=35)
_RECEIVED_AFTER: Final = timedelta(milliseconds=47)


def messages_of(life: Life) -> dict[str, Any]:
    """Return events of one message each, by the names of their files."""
    resource, created, updated = life.resource, life.created, life.updated
    create = _body(resource, created, CreateRequest(created.aggregate_id, represent_new(resource, created.state)))
    update = _body(resource, updated, UpdateRequest(updated.aggregate_id, represent(resource, updated.state)))
    return {
        f"create-{resource.name}": _event(created, create),
        f"update-{resource.name}": _event(updated, update),
        "redelivered-duplicate": _event(updated, update, receives=2),
        "poison-message": _event(life.deleted, f'{{"type":"Rename{resource.kind}","name":'),
    }


def _body(resource: AnyResource, commit: DecodedCommit, request: Request) -> str:
    """Return the message of the command that led to a commit."""
    ids = (commit.command_id, commit.aggregate_id)
    return write_command(resource, Command(*ids, request, commit.issued_at, commit.actor, commit.correlation_id))


def _event(commit: DecodedCommit, body: str, receives: int = 1) -> dict[str, Any]:
    digest = md5(body.encode(), usedforsecurity=False)
    record = {
        "messageId": str(UUID(bytes=digest.digest(), version=4)),
        "receiptHandle": f"AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy{digest.hexdigest()[:4]}==",
        "body": body,
        "attributes": {
            "ApproximateReceiveCount": str(receives),
            "SentTimestamp": _milliseconds(commit, _SENT_AFTER),
            "SequenceNumber": str(commit.position.sequence),
            "MessageGroupId": commit.aggregate_id,
            "SenderId": f"AROAEXAMPLE:{STACK_NAME}-CommandApi",
            "MessageDeduplicationId": commit.command_id,
            "ApproximateFirstReceiveTimestamp": _milliseconds(commit, _RECEIVED_AFTER),
        },
        "messageAttributes": {},
        "md5OfBody": digest.hexdigest(),
        "eventSource": "aws:sqs",
        "eventSourceARN": commit.position.queue,
        "awsRegion": REGION,
    }
    return {"Records": [record]}


def _milliseconds(commit: DecodedCommit, later: timedelta) -> str:
    return str(round((commit.issued_at + later).timestamp() * 1000))
