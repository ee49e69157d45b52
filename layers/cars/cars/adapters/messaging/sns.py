"""The topic of car events, an SNS FIFO topic."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cars.adapters.messaging.cloud_event import cloud_event, filter_attributes
from cars.application.publishing import Confirmed, Failed, PublishedEvent, Receipt, Rejected

if TYPE_CHECKING:
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sns.type_defs import PublishBatchRequestEntryTypeDef

_NEVER_TAKEN = frozenset({"InvalidParameter", "InvalidParameterValue", "ParameterValueInvalid"})
"""Codes that blame the message itself. `SenderFault` says less: it can also mean throttling, or a missing right."""


@dataclass(frozen=True)
class SnsTopic:
    """Implements the port `Topic`. `source` is the CloudEvents source: who publishes."""

    client: "SNSClient"
    arn: str
    source: str

    def publish(self, batch: Sequence[PublishedEvent]) -> Sequence[Receipt]:
        """Publish with one PublishBatch; a fault of the whole call is raised as botocore gives it."""
        entries = [self._entry(str(i), published) for i, published in enumerate(batch)]
        answer = self.client.publish_batch(TopicArn=self.arn, PublishBatchRequestEntries=entries)
        receipts: dict[str, Receipt] = {entry.get("Id", ""): Confirmed() for entry in answer["Successful"]}
        for entry in answer["Failed"]:
            reason = f"{entry['Code']}: {entry.get('Message', '')}"
            receipts[entry["Id"]] = Rejected(reason) if entry["Code"] in _NEVER_TAKEN else Failed(reason)
        return [receipts.get(entry["Id"], Failed("not confirmed")) for entry in entries]

    def _entry(self, entry_id: str, published: PublishedEvent) -> "PublishBatchRequestEntryTypeDef":
        envelope = cloud_event(published, self.source)
        return {
            "Id": entry_id,
            "Message": json.dumps(envelope, separators=(",", ":")),
            "MessageGroupId": published.commit.aggregate_id,
            "MessageDeduplicationId": envelope["id"],
            "MessageAttributes": filter_attributes(published),
        }
