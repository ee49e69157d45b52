"""Items are read by their keys, also those that DynamoDB leaves out at first."""

from typing import Any

from tests.support.aws import Aws
from tools.ops.verify.batches import read_batch


class Reluctant:
    """DynamoDB on a busy day: it answers one key at a time."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.requests: list[int] = []

    def batch_get_item(self, RequestItems: dict[str, Any]) -> Any:  # noqa: N803 - botocore's
        ((table, wanted),) = RequestItems.items()
        first, *rest = wanted["Keys"]
        self.requests.append(len(rest) + 1)
        answer = self.client.batch_get_item(RequestItems={table: {**wanted, "Keys": [first]}})
        return {**answer, "UnprocessedKeys": {table: {**wanted, "Keys": rest}} if rest else {}}


def test_what_is_left_out_is_asked_for_again(aws: Aws) -> None:
    table = aws.create_table("CarViewTable")
    keys: list[Any] = [{"carId": {"S": name}} for name in "abc"]
    for key in keys[:2]:
        aws.dynamodb.put_item(TableName=table, Item={**key, "version": {"N": "1"}})
    client: Any = Reluctant(aws.dynamodb)
    assert list(read_batch(client, table, keys, ProjectionExpression="carId")) == keys[:2]
    assert client.requests == [3, 2, 1]
