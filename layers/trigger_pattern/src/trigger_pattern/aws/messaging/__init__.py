"""Commands on SQS, events on SNS, and what is set aside."""
