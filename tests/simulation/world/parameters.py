"""What each operation may be asked in this world. A parameter that was passed over in silence would be a lie."""

_EXPRESSION = {"ExpressionAttributeNames", "ExpressionAttributeValues"}
PARAMETERS: dict[str, set[str]] = {
    "PutItem": {"TableName", "Item", "ConditionExpression", "ReturnValuesOnConditionCheckFailure", *_EXPRESSION},
    "GetItem": {"TableName", "Key", "ConsistentRead"},
    "BatchGetItem": {"RequestItems"},
    "Query": {
        *("TableName", "IndexName", "ConsistentRead", "KeyConditionExpression", "ScanIndexForward", "Limit"),
        *("ExclusiveStartKey", *_EXPRESSION),
    },
    "SendMessage": {
        *("QueueUrl", "MessageBody", "MessageGroupId", "MessageDeduplicationId", "MessageAttributes"),
    },
    "ReceiveMessage": {
        *("QueueUrl", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"),
        *("MessageSystemAttributeNames", "MessageAttributeNames"),
    },
    "DeleteMessage": {"QueueUrl", "ReceiptHandle"},
    "ChangeMessageVisibility": {"QueueUrl", "ReceiptHandle", "VisibilityTimeout"},
    "ChangeMessageVisibilityBatch": {"QueueUrl", "Entries"},
    "GetQueueAttributes": {"QueueUrl", "AttributeNames"},
    "PublishBatch": {"TopicArn", "PublishBatchRequestEntries"},
}
