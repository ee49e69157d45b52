"""Adapters for DynamoDB, SQS and SNS. Only these modules and the functions know AWS."""
