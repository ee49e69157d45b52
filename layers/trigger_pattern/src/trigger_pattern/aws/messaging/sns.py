"""The topic of events, in SNS."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from trigger_pattern.application.commits import PublishedEvent
from trigger_pattern.application.publishing import Confirmed, Failed, Receipt, Rejected
from trigger_pattern.aws.messaging.cloud_event import event_message
from trigger_pattern.definition.resource import AnyResource

if TYPE_CHECKING:
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sns.type_defs import PublishBatchRequestEntryTypeDef

_NEVER_TAKEN = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid"})
"""Codes that blame the message itself. `SenderFault` says less: it can also mean throttling, or a missing right."""

_TOO_LONG = "BatchRequestTooLong"
"""The code that blames all of a batch's messages together."""


@dataclass(frozen=True)
class SnsTopic:
    """Implements the port `Topic`. `source` is the CloudEvents source: who publishes.

    A standard topic takes no message groups and no deduplication ids, and keeps no order. `replay` is the id of the
    replay that the events are published for, if any.
    """

    resource: AnyResource
    client: "SNSClient"
    arn: str
    source: str
    fifo: bool = True
    replay: str = ""

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish with one PublishBatch, or one by one what is too long for it together.

        Any other fault of the whole call is raised as botocore gives it.
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
