"""The topic of events, in SNS."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Confirmed, Failed, Receipt, Rejected
from trigger_pattern.aws.messaging.event_message import event_message
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sns.type_defs import PublishBatchRequestEntryTypeDef

_NEVER_TAKEN = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid"})
"""Codes for a fault of the message itself. `SenderFault` is wider: it also covers throttling and missing rights."""

_TOO_LONG = "BatchRequestTooLong"
"""The code for a batch whose messages are too long together."""


@dataclass(frozen=True)
class SnsTopic:
    """Implements the port `Topic`. `source` is the CloudEvents source, the publisher.

    A standard topic takes no message groups and no deduplication ids, and keeps no order. `replay` is the replay's id,
    if the events are published for one.
    """

    resource: AnyResource
    client: "SNSClient"
    arn: str
    source: str
    fifo: bool = True
    replay: str = ""

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish with one PublishBatch, or one by one if the messages are too long together.

        Raises botocore's exception for any other fault of the whole call.
        """
        try:
            return self._publish(batch)
        except ClientError as fault:
            if fault.response.get("Error", {}).get("Code") != _TOO_LONG:
                raise
            if len(batch) == 1:
                return [Rejected(_TOO_LONG)]
        return [receipt for published in batch for receipt in self.publish([published])]

    def _publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        entries = [self._entry(str(i), published) for i, published in enumerate(batch)]
        answer = self.client.publish_batch(TopicArn=self.arn, PublishBatchRequestEntries=entries)
        receipts: dict[str, Receipt] = {entry.get("Id", ""): Confirmed() for entry in answer["Successful"]}
        for entry in answer["Failed"]:
            reason = f"{entry['Code']}: {entry.get('Message', '')}"
            receipts[entry["Id"]] = Rejected(reason) if entry["Code"] in _NEVER_TAKEN else Failed(reason)
        return [receipts.get(entry["Id"], Failed("not confirmed")) for entry in entries]

    def _entry(self, entry_id: str, published: PublishedEvent) -> "PublishBatchRequestEntryTypeDef":
        message = event_message(self.resource, published, self.source, self.replay)
        entry: PublishBatchRequestEntryTypeDef = {
            "Id": entry_id,
            "Message": message.body,
            "MessageAttributes": message.attributes,
        }
        if self.fifo:
            entry["MessageGroupId"] = message.group
            entry["MessageDeduplicationId"] = message.deduplication_id
        return entry
