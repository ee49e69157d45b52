"""The ports' other side: DynamoDB, SQS, SNS and HTTP. Only these modules and the functions know AWS."""
