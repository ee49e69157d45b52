"""The least that such a function is: boto3 alone, a query and a conditional write."""

import os
from typing import Any

import boto3

dynamodb = boto3.client("dynamodb")


def handler(event: dict[str, Any], _: object) -> None:
    """Write an item behind the newest one."""
    table, key = os.environ["EVENTS_TABLE"], {"S": event["id"]}
    found = dynamodb.query(
        TableName=table,
        KeyConditionExpression="id = :id",
        ExpressionAttributeValues={":id": key},
        ScanIndexForward=False,
        Limit=1,
    )
    version = 1 + max((int(item["version"].get("N", 0)) for item in found["Items"]), default=0)
    item = {"id": key, "version": {"N": str(version)}}
    dynamodb.put_item(TableName=table, Item=item, ConditionExpression="attribute_not_exists(id)")
