"""Cars that wait for newer code to be put into the view: a queue that needs no order."""

from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from cars.adapters.dynamodb.commit_item import CorruptItem
from cars.adapters.dynamodb.event_store import DynamoDbEventStore
from cars.adapters.faults import where
from cars.adapters.messaging.sqs import read_key
from cars.application.commits import CannotFold
from cars.application.projecting import Projector
from cars.application.publishing import SetAside


@dataclass(frozen=True)
class ProjectorRetries:
    """Puts each message's car into the view as its newest commit left it. What fails comes again; SQS counts."""

    store: DynamoDbEventStore
    projector: Projector
    rejects: SetAside
    logger: Logger

    def process(self, event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - Powertools' own type
        """Return the partial batch response: the messages that are to come again."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        with processor(event["Records"], self._retry, context):
            processor.process()
        return processor.response()

    def _retry(self, record: SQSRecord) -> None:
        try:
            self._project(*read_key(record.body))
        except Exception as fault:
            told = {"message_id": record.message_id, **where(fault)}
            self.logger.warning("a car could not be projected yet", extra=told)
            raise

    def _project(self, car_id: str, version: int) -> None:
        try:
            newest = self.store.head(car_id)
            if newest:
                self.projector.project(newest)
        except (CorruptItem, CannotFold) as reason:
            self.rejects.set_aside(car_id, version, str(reason))
