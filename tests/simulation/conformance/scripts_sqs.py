"""What SQS does with messages. Each script gives what it saw; of ids and numbers, only how they relate."""

from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.conformance.places import Place, code_of


def send(place: Place, url: str, body: str, group: str = "a", key: str = "") -> Any:
    """Send a message, deduplicated by its body unless told otherwise."""
    return place.sqs.send_message(
        QueueUrl=url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=key or body
    )


def send_all(place: Place, url: str, *messages: tuple[str, ...]) -> None:
    for message in messages:
        send(place, url, *message)


def receive(place: Place, url: str, limit: int = 10, **more: Any) -> list[Any]:
    answer = place.sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=limit,
        MessageSystemAttributeNames=["All"],
        MessageAttributeNames=["All"],
        **more,
    )
    return list(answer.get("Messages", []))


def bodies(messages: list[Any]) -> list[str]:
    return [message["Body"] for message in messages]


def delete(place: Place, url: str, *messages: Any) -> None:
    for message in messages:
        place.sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])


def a_group_keeps_its_order(place: Place) -> Any:
    url = place.queue()
    for body in "12345":
        send(place, url, body)
    first = receive(place, url, 3)
    delete(place, url, *first)
    return [bodies(first), bodies(receive(place, url))]


def a_group_waits_while_one_of_its_messages_is_in_flight(place: Place) -> Any:
    url = place.queue()
    send_all(place, url, ("a1",), ("a2",), ("b1", "b"))
    first = receive(place, url, 1)
    others = receive(place, url)
    nothing = receive(place, url)
    delete(place, url, *first)
    return [bodies(first), bodies(others), bodies(nothing), bodies(receive(place, url))]


def a_group_waits_until_all_of_a_batch_is_settled(place: Place) -> Any:
    url = place.queue()
    for body in ("1", "2", "3"):
        send(place, url, body)
    one, two = receive(place, url, 2)
    delete(place, url, one)
    still_waiting = bodies(receive(place, url))
    delete(place, url, two)
    return [still_waiting, bodies(receive(place, url))]


def what_was_not_deleted_comes_again_first(place: Place) -> Any:
    url = place.queue(visibility=1)
    for body in ("1", "2", "3"):
        send(place, url, body)
    one, _ = receive(place, url, 2)
    delete(place, url, one)
    place.wait(1.1)
    again = receive(place, url)
    counts = [message["Attributes"]["ApproximateReceiveCount"] for message in again]
    return [bodies(again), counts]


def visibility_can_be_changed(place: Place) -> Any:
    url = place.queue()
    send(place, url, "1")
    (message,) = receive(place, url)
    hidden = bodies(receive(place, url))
    place.sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"], VisibilityTimeout=0)
    return [hidden, bodies(receive(place, url))]


def visibilities_are_changed_together_each_by_itself(place: Place) -> Any:
    url = place.queue()
    send_all(place, url, ("a1",), ("a2",))
    messages = receive(place, url)
    hidden = bodies(receive(place, url))
    entries = [
        {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"], "VisibilityTimeout": 0}
        for number, message in enumerate(messages)
    ]
    answer = place.sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)
    return [hidden, [entry["Id"] for entry in answer["Successful"]], bodies(receive(place, url))]


def what_waits_and_what_is_in_flight_is_counted_apart(place: Place) -> Any:
    url = place.queue()
    send_all(place, url, ("a1",), ("a2",), ("b1", "b"))
    receive(place, url, 1)
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = place.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return [counts[name] for name in names]


def a_duplicate_is_taken_and_not_delivered(place: Place) -> Any:
    url = place.queue()
    first = send(place, url, "1", key="k")
    second = send(place, url, "2", key="k")
    messages = receive(place, url)
    delete(place, url, *messages)
    third = send(place, url, "3", key="k")
    return [
        bodies(messages),
        first["MessageId"] == second["MessageId"] == third["MessageId"],
        first["SequenceNumber"] == second["SequenceNumber"] == third["SequenceNumber"],
        bodies(receive(place, url)),
    ]


def a_deduplication_id_counts_within_its_group(place: Place) -> Any:
    url = place.queue()
    send_all(place, url, ("a1", "a", "k"), ("b1", "b", "k"))
    return sorted(bodies(receive(place, url)))


def numbers_grow_within_a_group(place: Place) -> Any:
    url = place.queue()
    sent = [int(send(place, url, body)["SequenceNumber"]) for body in "12345"]
    received = [int(message["Attributes"]["SequenceNumber"]) for message in receive(place, url)]
    return [sent == sorted(set(sent)), sent == received]


def a_number_stays_the_same_at_every_receiving(place: Place) -> Any:
    url = place.queue(visibility=1)
    send(place, url, "1")
    first = receive(place, url)
    place.wait(1.1)
    attributes = [message["Attributes"] for message in (*first, *receive(place, url))]
    names = ("SequenceNumber", "SentTimestamp", "MessageGroupId", "MessageDeduplicationId")
    same = [len({seen[name] for seen in attributes}) == 1 for name in names]
    return [same, [seen["ApproximateReceiveCount"] for seen in attributes]]


def too_many_receives_make_a_dead_letter(place: Place) -> Any:
    graveyard = place.queue()
    url = place.queue(dead_letters=(graveyard, 2))
    send_all(place, url, ("1", "a", "k"), ("2",), ("other", "b"))
    seen: list[Any] = []
    first = ""
    for _ in range(3):
        messages = receive(place, url, 1)
        first = first or messages[0]["MessageId"]
        seen.append(bodies(messages))
        place.sqs.change_message_visibility(
            QueueUrl=url, ReceiptHandle=messages[0]["ReceiptHandle"], VisibilityTimeout=0
        )
    (letter,) = receive(place, graveyard)
    return [seen, letter["Body"], letter["MessageId"] == first, letter["Attributes"]["MessageGroupId"]]


def a_redriven_message_is_a_new_one(place: Place) -> Any:
    graveyard = place.queue()
    url = place.queue(visibility=1, dead_letters=(graveyard, 1))
    send_all(place, url, ("1",), ("2",))
    messages = receive(place, url)
    place.wait(1.1)
    receive(place, url)
    place.redrive(graveyard, url)
    again = receive(place, url)
    ids = {message["MessageId"] for message in messages} & {message["MessageId"] for message in again}
    last = max(int(message["Attributes"]["SequenceNumber"]) for message in messages)
    return [
        bodies(again),
        len(ids),
        [int(message["Attributes"]["SequenceNumber"]) > last for message in again],
        [message["Attributes"]["ApproximateReceiveCount"] for message in again],
        [message["Attributes"]["MessageGroupId"] for message in again],
    ]


def a_receipt_expires_with_the_visibility(place: Place) -> Any:
    url = place.queue(visibility=1)
    send(place, url, "1")
    (message,) = receive(place, url)
    place.wait(1.1)
    try:
        delete(place, url, message)
    except ClientError as refused:
        return code_of(refused)
    return "deleted"


def a_purged_queue_is_empty(place: Place) -> Any:
    url = place.queue()
    send(place, url, "1")
    place.purge(url)
    send(place, url, "2")
    return bodies(receive(place, url))


def a_reason_travels_with_a_dead_letter(place: Place) -> Any:
    url = place.queue()
    reason = {"Reason": {"DataType": "String", "StringValue": "json_invalid"}}
    place.sqs.send_message(
        QueueUrl=url, MessageBody="x", MessageGroupId="a", MessageDeduplicationId="k", MessageAttributes=reason
    )
    (message,) = receive(place, url)
    return [message["Body"], message["MessageAttributes"]]


def a_fifo_queue_wants_a_group(place: Place) -> Any:
    try:
        place.sqs.send_message(QueueUrl=place.queue(), MessageBody="x", MessageDeduplicationId="k")
    except ClientError as refused:
        return code_of(refused)
    return "taken"


def a_standard_queue_gives_everything_at_once(place: Place) -> Any:
    url = place.queue(fifo=False, visibility=1)
    answers = [place.sqs.send_message(QueueUrl=url, MessageBody=body) for body in ("1", "2", "2")]
    first = receive(place, url)
    delete(place, url, first[0])
    place.wait(1.1)
    again = receive(place, url)
    return [
        ["SequenceNumber" in answer for answer in answers],
        sorted(bodies(first)),
        len(again),
        "SequenceNumber" in again[0]["Attributes"],
    ]


SCRIPTS = (
    a_group_keeps_its_order,
    a_group_waits_while_one_of_its_messages_is_in_flight,
    a_group_waits_until_all_of_a_batch_is_settled,
    what_was_not_deleted_comes_again_first,
    visibility_can_be_changed,
    visibilities_are_changed_together_each_by_itself,
    what_waits_and_what_is_in_flight_is_counted_apart,
    a_duplicate_is_taken_and_not_delivered,
    a_deduplication_id_counts_within_its_group,
    numbers_grow_within_a_group,
    a_number_stays_the_same_at_every_receiving,
    too_many_receives_make_a_dead_letter,
    a_redriven_message_is_a_new_one,
    a_receipt_expires_with_the_visibility,
    a_purged_queue_is_empty,
    a_reason_travels_with_a_dead_letter,
    a_fifo_queue_wants_a_group,
    a_standard_queue_gives_everything_at_once,
)
