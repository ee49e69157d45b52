"""What an SNS FIFO topic does with a batch, as its subscribers see it."""

from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.conformance.places import Place, code_of
from tests.simulation.conformance.scripts_sqs import bodies, receive


def entry(number: int, group: str = "a", key: str = "") -> dict[str, Any]:
    return {
        "Id": f"{group}{number}",
        "Message": f"{group}{number}",
        "MessageGroupId": group,
        "MessageDeduplicationId": key or f"{group}/{number}",
        "MessageAttributes": {"type": {"DataType": "String", "StringValue": "Created"}},
    }


def publish(place: Place, topic: str, *entries: dict[str, Any]) -> Any:
    answer = place.sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=list(entries))
    return [[taken["Id"] for taken in answer["Successful"]], answer["Failed"]]


def subscribed(place: Place) -> tuple[str, list[str]]:
    topic, queues = place.topic(), [place.queue(), place.queue()]
    for queue in queues:
        place.subscribe(topic, queue)
    return topic, queues


def every_queue_gets_a_groups_messages_in_order(place: Place) -> Any:
    topic, queues = subscribed(place)
    answers = [publish(place, topic, entry(1), entry(2), entry(1, "b")), publish(place, topic, entry(3))]
    heard = [bodies(receive(place, queue)) for queue in queues]
    of_group = [[body for body in each if body.startswith("a")] for each in heard]
    return [answers, of_group, [sorted(each) for each in heard]]


def raw_delivery_keeps_body_group_and_attributes(place: Place) -> Any:
    topic, (queue, _) = subscribed(place)
    publish(place, topic, entry(1))
    (message,) = receive(place, queue)
    attributes = message["Attributes"]
    kept = {name: attributes[name] for name in ("MessageGroupId", "MessageDeduplicationId")}
    return [message["Body"], kept, message["MessageAttributes"]]


def what_was_published_before_is_taken_and_not_delivered(place: Place) -> Any:
    topic, (queue, _) = subscribed(place)
    answers = [publish(place, topic, entry(1, key="k")), publish(place, topic, entry(2, key="k"), entry(3))]
    return [answers, bodies(receive(place, queue))]


def what_was_published_before_reaches_no_later_subscriber(place: Place) -> Any:
    topic, _ = subscribed(place)
    publish(place, topic, entry(1, key="k"))
    late = place.queue()
    place.subscribe(topic, late)
    publish(place, topic, entry(2, key="k"), entry(3))
    return bodies(receive(place, late))


def a_batch_names_each_entry_once(place: Place) -> Any:
    try:
        publish(place, place.topic(), entry(1), entry(1))
    except ClientError as refused:
        return code_of(refused)
    return "taken"


SCRIPTS = (
    every_queue_gets_a_groups_messages_in_order,
    raw_delivery_keeps_body_group_and_attributes,
    what_was_published_before_is_taken_and_not_delivered,
    what_was_published_before_reaches_no_later_subscriber,
    a_batch_names_each_entry_once,
)
