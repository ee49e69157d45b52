"""The queue of resources that wait for newer code to be put into the view. It needs no order."""

from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from trigger_pattern.application.commits import CannotFold
from trigger_pattern.application.projecting import Projector
from trigger_pattern.application.publishing import SetAside
from trigger_pattern.aws.dynamodb.commit_item import CorruptItem
from trigger_pattern.aws.dynamodb.event_store import DynamoDbEventStore
from trigger_pattern.aws.faults import where
from trigger_pattern.aws.messaging.sqs import read_key


@dataclass(frozen=True)
class ProjectorRetries:
    """Puts each message's resource into the view as its newest commit left it. SQS delivers a failed message again."""

    store: DynamoDbEventStore
    projector: Projector
    rejects: SetAside
    logger: Logger

    def process(self, event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
        """Return the partial batch response: the messages to be delivered again."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        with processor(event["Records"], self._retry, context):
            processor.process()
        return processor.response()

    def _retry(self, record: SQSRecord) -> None:
        try:
            self._project(*read_key(self.store.resource, record.body))
        except Exception as fault:
            told = {"message_id": record.message_id, **where(fault)}
            self.logger.warning("a resource could not be projected yet", extra=told)
            raise

    def _project(self, aggregate_id: str, version: int) -> None:
        try:
            newest = self.store.head(aggregate_id)
            if newest:
                self.projector.project(newest)
        except (CorruptItem, CannotFold) as reason:
            self.rejects.set_aside(aggregate_id, version, str(reason))
