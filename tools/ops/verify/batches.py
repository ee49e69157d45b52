"""Read many items of a DynamoDB table by their keys."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tools.ops.scanning import Item

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

BATCH_SIZE = 100
"""A BatchGetItem takes as many keys."""


def read_batch(client: "DynamoDBClient", table: str, keys: Sequence[Item], **options: Any) -> Iterator[Item]:  # noqa: ANN401 - botocore's
    """Return the existing items of at most BATCH_SIZE keys, strongly consistently, in no order.

    DynamoDB may leave some out, to be asked for again. It never leaves out all of them: then it throttles the request,
    which botocore waits out.
    """
    wanted: Any = {table: {"Keys": list(keys), "ConsistentRead": True, **options}}
    while wanted:
        answer = client.batch_get_item(RequestItems=wanted)
        yield from answer["Responses"].get(table, [])
        wanted = answer["UnprocessedKeys"]
