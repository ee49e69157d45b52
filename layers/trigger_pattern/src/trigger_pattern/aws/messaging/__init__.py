"""Commands on SQS, events on SNS, and dead letters."""
