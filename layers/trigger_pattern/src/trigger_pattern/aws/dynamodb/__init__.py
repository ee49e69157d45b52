"""The event store and the outcomes, in DynamoDB."""
