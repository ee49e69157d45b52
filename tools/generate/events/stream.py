"""Records of a resource's events table, as its stream delivers them to the broadcaster and the projector."""

import json
from hashlib import md5
from typing import Any, Final

from tools.generate.commits import ACCOUNT, REGION, STACK_NAME
from tools.generate.events.life import Life
from trigger_pattern.application.commits import DecodedCommit
from trigger_pattern.aws.dynamodb.commit_item import write_commit
from trigger_pattern.definition.resource import AnyResource

_FIRST: Final = 4421584500000000017450439000


def published_of(life: Life) -> dict[str, Any]:
    """Return events of both functions, by the names of their files."""
    resource = life.resource
    first = _record(resource, 1, life.created)
    second = _record(resource, 2, life.updated)
    third = _record(resource, 3, life.other)
    corrupt = _record(resource, 2, life.updated, events={"S": type(life.updated.events[0]).__name__})
    modified = _record(resource, 4, life.created)
    removed = _record(resource, 5, life.updated)
    del removed["dynamodb"]["NewImage"]
    return {
        "one-insert": _event(first),
        f"several-{resource.plural}": _event(first, second, third),
        "modify-and-remove": _event({**modified, "eventName": "MODIFY"}, {**removed, "eventName": "REMOVE"}),
        "corrupt-image": _event(first, corrupt, third),
    }


def projected_of(life: Life) -> dict[str, Any]:
    """Return events of the projector, by the names of their files."""
    other_fold: dict[str, dict[str, Any]] = {
        "state": {"M": {"ofAnotherFold": {"BOOL": True}}},
        "foldVersion": {"N": str(life.resource.fold_version - 1)},
    }
    return {
        **published_of(life),
        "deletion": _event(_record(life.resource, 4, life.deleted)),
        "state-of-another-fold": _event(_record(life.resource, 2, life.updated, **other_fold)),
    }


def _event(*records: dict[str, Any]) -> dict[str, Any]:
    return {"Records": list(records)}


def _record(resource: AnyResource, number: int, commit: DecodedCommit, **changed: dict[str, Any]) -> dict[str, Any]:
    image = {**write_commit(resource, commit), **changed}
    table = f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{STACK_NAME}-{resource.kind}EventsTable"
    return {
        "eventID": md5(str(number).encode(), usedforsecurity=False).hexdigest(),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": REGION,
        "dynamodb": {
            "ApproximateCreationDateTime": int(commit.occurred_at.timestamp()),
            "Keys": {resource.id: image[resource.id], "version": image["version"]},
            "NewImage": image,
            "SequenceNumber": str(_FIRST + number),
            "SizeBytes": len(json.dumps(image)),
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": f"{table}/stream/2026-11-01T09:00:00.000",
    }
