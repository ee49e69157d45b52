"""What the models do that no emulator here shows: where AWS (or whoever tried it there) says it, and what pins it.

Whatever is not in this list is compared with an emulator by `test_conformance.py`.
"""

from dataclasses import dataclass

_LAMBDA = "https://docs.aws.amazon.com/lambda/latest/dg/"
_SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/"
_DYNAMODB = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/"
_SNS = "https://docs.aws.amazon.com/sns/latest/"


@dataclass(frozen=True)
class Unobserved:
    """A behaviour, the page that says it, and the test of the model: `<module>.<test>`."""

    what: str
    page: str
    test: str


UNOBSERVED = (
    Unobserved(
        "an answer can be lost after the call took effect, and the client sends the call again",
        "https://docs.aws.amazon.com/boto3/latest/guide/retries.html",
        "test_client_model.test_a_write_whose_answer_was_lost_is_sent_again_and_meets_itself",
    ),
    Unobserved(
        "a function ends at its timeout, wherever it is",
        f"{_LAMBDA}configuration-timeout.html",
        "test_client_model.test_an_instance_ends_when_its_time_is_over",
    ),
    Unobserved(
        "a read that is not consistent may be stale, for about a second",
        f"{_DYNAMODB}HowItWorks.ReadConsistency.html",
        "test_table_model.test_a_read_may_be_stale_for_a_second_unless_it_is_consistent",
    ),
    Unobserved(
        "an expired item stays for up to some two days",
        f"{_DYNAMODB}howitworks-ttl.html",
        "test_table_model.test_an_expired_item_goes_some_time_within_two_days",
    ),
    Unobserved(
        "a page ends at 1 MB",
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html",
        "test_table_model.test_a_page_ends_where_its_items_reach_its_size",
    ),
    Unobserved(
        "a BatchGetItem may leave keys unprocessed, and succeeds with the others",
        "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html",
        "test_client_model.test_a_batch_may_leave_one_tables_keys_unprocessed",
    ),
    Unobserved(
        "a deduplication id is remembered for five minutes",
        f"{_SQS}FIFO-key-terms.html",
        "test_queue_model.test_a_deduplication_id_is_forgotten_after_five_minutes",
    ),
    Unobserved(
        "sequence numbers have 20 digits, are not consecutive, and grow within a group",
        f"{_SQS}FIFO-key-terms.html",
        "test_queue_model.test_numbers_have_twenty_digits_and_are_not_consecutive",
    ),
    Unobserved(
        "a FIFO queue deletes nothing by an expired receipt",
        "https://github.com/aws/aws-sdk-js/issues/1750",
        "test_queue_model.test_a_function_slower_than_the_visibility_deletes_nothing",
    ),
    Unobserved(
        "a redriven message is a new one, with a new id and a new time",
        f"{_SQS}sqs-configure-dead-letter-queue-redrive.html",
        "test_queue_model.test_a_redriven_dead_letter_is_a_new_message_with_a_higher_number",
    ),
    Unobserved(
        "a standard queue keeps no order and gives a message at least once",
        f"{_SQS}standard-queues.html",
        "test_queue_model.test_a_standard_queue_keeps_no_order_and_may_give_a_message_twice",
    ),
    Unobserved(
        "Lambda hands out a message again though its function succeeded",
        f"{_LAMBDA}with-sqs.html",
        "test_queue_model.test_a_lost_delete_brings_a_message_again_though_it_succeeded",
    ),
    Unobserved(
        "a FIFO queue looks for groups among its first 120,000 messages",
        f"{_SQS}quotas-queues.html",
        "test_queue_model.test_groups_are_looked_for_among_the_first_messages_alone",
    ),
    Unobserved(
        "which answers are a partial batch response, and which fail the whole batch",
        f"{_LAMBDA}services-sqs-errorhandling.html",
        "test_queue_model.test_a_failure_without_a_name_is_a_failure_of_all",
    ),
    Unobserved(
        "a batch of the stream that fails is halved, before anything else of its shard",
        f"{_LAMBDA}services-dynamodb-errors.html",
        "test_stream_model.test_a_batch_that_fails_is_halved_until_what_fails_is_alone",
    ),
    Unobserved(
        "a record is given up by its age, and its place is told to the destination of failures",
        f"{_LAMBDA}services-dynamodb-errors.html",
        "test_stream_model.test_a_failing_record_is_given_up_by_its_age_and_told_by_its_place",
    ),
    Unobserved(
        "the stream forgets a record after 24 hours",
        f"{_DYNAMODB}Streams.html",
        "test_stream_model.test_a_reader_that_never_ran_loses_what_the_stream_forgot",
    ),
    Unobserved(
        "Lambda gives a batch of the stream again though its function succeeded",
        f"{_LAMBDA}with-ddb.html",
        "test_stream_model.test_a_batch_may_be_given_again_though_it_succeeded",
    ),
    Unobserved(
        "entries of a PublishBatch fail each by itself",
        f"{_SNS}api/API_PublishBatch.html",
        "test_topic_model.test_entries_fail_each_by_itself",
    ),
    Unobserved(
        "a topic deduplicates for five minutes",
        f"{_SNS}dg/fifo-message-dedup.html",
        "test_topic_model.test_after_five_minutes_an_event_is_delivered_again",
    ),
)
