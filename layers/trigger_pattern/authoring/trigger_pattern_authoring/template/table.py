"""The table of a resource's view as the template has it: its keys and indexes follow from the resource's lists."""

import json
import re
from collections.abc import Iterator
from typing import Final

from trigger_pattern.aws.dynamodb.view_keys import ViewKeys
from trigger_pattern.definition.resource import AnyResource

_BEGIN: Final = """\
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
"""
_END: Final = """\
      SSESpecification:
        SSEEnabled: true
      PointInTimeRecoverySpecification:
        PointInTimeRecoveryEnabled: !If [IsLocal, false, true]
      DeletionProtectionEnabled: !If [IsLocal, false, true]
"""
_PLAIN: Final = re.compile(r"(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][A-Za-z0-9_-]*")
"""What YAML takes for a text without quotes."""


def view_table(resource: AnyResource) -> str:
    """Return the lines of a view's table, from its logical id on."""
    indexes = [ViewKeys.of(resource, by) for by in resource.lists]
    keys = dict.fromkeys((resource.id, *(key for each in indexes for key in (each.partition, each.sort))))
    lines = [
        "      AttributeDefinitions:",
        *(f"        - {{AttributeName: {quoted(key)}, AttributeType: S}}" for key in keys),
        "      KeySchema:",
        f"        - {{AttributeName: {quoted(resource.id)}, KeyType: HASH}}",
        *(["      GlobalSecondaryIndexes:"] if indexes else []),
        *(line for each in indexes for line in _index(each)),
    ]
    return f"  {resource.kind}ViewTable:\n" + _BEGIN + "".join(f"{line}\n" for line in lines) + _END


def _index(keys: ViewKeys) -> Iterator[str]:
    yield f"        - IndexName: {quoted(keys.index)}"
    yield "          KeySchema:"
    yield f"            - {{AttributeName: {quoted(keys.partition)}, KeyType: HASH}}"
    yield f"            - {{AttributeName: {quoted(keys.sort)}, KeyType: RANGE}}"
    yield f"          Projection: {{ProjectionType: {'ALL' if keys.whole else 'KEYS_ONLY'}}}"


def quoted(text: str) -> str:
    """Write a text in YAML, with quotes if YAML would take it for something else."""
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
