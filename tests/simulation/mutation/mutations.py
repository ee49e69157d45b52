"""Ways to break what the pipeline promises, each by other words in the code, and the promises that then do not hold."""

from dataclasses import dataclass
from typing import Final

PACKAGE: Final = "layers/trigger_pattern/src/trigger_pattern"
KERNEL: Final = f"{PACKAGE}/kernel"
DEFINITION: Final = f"{PACKAGE}/definition"
APPLICATION: Final = f"{PACKAGE}/application"
DYNAMODB: Final = f"{PACKAGE}/aws/dynamodb"
MESSAGING: Final = f"{PACKAGE}/aws/messaging"
HTTP: Final = f"{PACKAGE}/http"


@dataclass(frozen=True)
class Mutation:
    """A break: in a file, `code` becomes `broken`, and the promise `breaks` does not hold."""

    name: str
    breaks: str
    file: str
    code: str
    broken: str


MUTATIONS: Final = (
    Mutation(
        "no condition on the put",
        "a commit never changes",
        f"{DYNAMODB}/event_store.py",
        'ConditionExpression=f"attribute_not_exists({self.resource.id})"',
        'ConditionExpression=""',
    ),
    Mutation(
        "a commit's key is its last version",
        "versions are gapless",
        f"{DYNAMODB}/commit_item.py",
        '"version": commit.version,',
        '"version": commit.last_version,',
    ),
    Mutation(
        "a place in the queue tells nothing",
        "what took effect is not refused",
        f"{KERNEL}/admission.py",
        "return delivery.position.sequence <= head.position.sequence",
        "return False",
    ),
    Mutation(
        "a place in another queue tells all",
        "what took effect is not refused",
        f"{KERNEL}/admission.py",
        "if not may_have_been_processed(command, delivery, head):",
        "if head and delivery.position.queue != head.position.queue:",
    ),
    Mutation(
        "a copy in another queue is forgotten after the next commit",
        "no command takes effect twice",
        f"{KERNEL}/handler.py",
        "return last.other_queue_at if last.position.queue == delivery.position.queue else last.occurred_at",
        "return None",
    ),
    Mutation(
        "a command is looked for by the time of its message alone",
        "no command is untraced",
        f"{KERNEL}/admission.py",
        "command.command_id, command.issued_at, delivery.sent_at)",
        "command.command_id, min(command.issued_at, delivery.sent_at))",
    ),
    Mutation(
        "nothing is superseded",
        "no older command reverts a newer one",
        f"{KERNEL}/admission.py",
        "if head is None or head.issued_at - command.issued_at <= _clock_tolerance(command, delivery, head):",
        "if True:",
    ),
    Mutation(
        "who came back gets the margin",
        "no older command reverts a newer one",
        f"{KERNEL}/admission.py",
        "return -timedelta.resolution if redelivered_elsewhere or _was_sent_late(command, delivery) else CLOCK_SKEW",
        "return CLOCK_SKEW",
    ),
    Mutation(
        "the mark of the newest command goes back",
        "no older command reverts a newer one",
        f"{KERNEL}/handler.py",
        "issued_at=max(issued_at, last.issued_at) if last else issued_at,",
        "issued_at=issued_at,",
    ),
    Mutation(
        "a clock gone wrong sets the mark",
        "no mark is in the future",
        f"{KERNEL}/admission.py",
        "return issued_at if issued_at - now <= CLOCK_SKEW else now",
        "return issued_at",
    ),
    Mutation(
        "a clock that is a little ahead is not believed",
        "no older command reverts a newer one",
        f"{KERNEL}/admission.py",
        "return issued_at if issued_at - now <= CLOCK_SKEW else now",
        "return min(issued_at, now)",
    ),
    Mutation(
        "nobody asks what was decided",
        "no command takes effect after it was refused",
        f"{KERNEL}/admission.py",
        "return self.outcomes.has_decided(command.command_id)",
        "return False",
    ),
    Mutation(
        "nobody searches the history",
        "no command takes effect twice",
        f"{KERNEL}/admission.py",
        "if head and find_commit(self.store, head, command.command_id, command.issued_at, delivery.sent_at):",
        "if head and head.command_id == command.command_id:",
    ),
    Mutation(
        "a command forgets its key",
        "no command takes effect after it was refused",
        f"{APPLICATION}/submitting.py",
        "keyed=conditions.idempotency_key is not None,",
        "keyed=False,",
    ),
    Mutation(
        "a copy is taken for the only message",
        "no command takes effect twice",
        f"{MESSAGING}/command_record.py",
        "return delivered or attributes.message_deduplication_id != command.command_id",
        "return delivered",
    ),
    Mutation(
        "a lost race is a success",
        "nothing accepted is lost",
        f"{KERNEL}/handler.py",
        "return Succeeded(commit.last_version) if self.store.try_append(commit) else None",
        "self.store.try_append(commit)\n        return Succeeded(commit.last_version)",
    ),
    Mutation(
        "commands are acknowledged before they are committed",
        "nothing accepted is lost",
        f"{MESSAGING}/command_batch.py",
        "            if not self.deliveries.are_enough(record):\n                raise\n",
        "            return\n",
    ),
    Mutation(
        "one failure acknowledges the whole batch",
        "nothing accepted is lost",
        f"{MESSAGING}/command_batch.py",
        'return {"batchItemFailures": [{"itemIdentifier": r.message_id} for held in again.values() for r in held]}',
        'return {"batchItemFailures": []}',
    ),
    Mutation(
        "a car goes on behind a command that failed",
        "no command is untraced",
        f"{MESSAGING}/command_batch.py",
        "if group not in again:",
        "if True:",
    ),
    Mutation(
        "few receives",
        "nothing accepted is lost",
        "template.yaml",
        "Redrive: {MaxReceives: 1000}",
        "Redrive: {MaxReceives: 3}",
    ),
    Mutation(
        "SQS sets aside, without a reason",
        "nothing accepted is lost",
        f"{MESSAGING}/command_batch.py",
        "if not self.deliveries.are_enough(record):",
        "if True:",
    ),
    Mutation(
        "two events of one car in a batch",
        "a cars events are first published in order",
        f"{APPLICATION}/publishing.py",
        "        ids = list(islice(waiting, BATCH_SIZE))\n"
        "        receipts = self.topic.publish([waiting[aggregate_id][0] for aggregate_id in ids])\n",
        "        ids = [each for each in islice(waiting, BATCH_SIZE // 2) for _ in waiting[each]][:BATCH_SIZE]\n"
        "        places = [ids[:i].count(each) for i, each in enumerate(ids)]\n"
        "        receipts = self.topic.publish([waiting[each][i] for each, i in zip(ids, places)])\n",
    ),
    Mutation(
        "a failure to publish is swallowed",
        "a cars events are first published in order",
        f"{APPLICATION}/publishing.py",
        "        if failures:\n            raise PublishingFailed",
        "        if False:\n            raise PublishingFailed",
    ),
    Mutation(
        "an entry that failed is not seen",
        "a cars events are first published in order",
        f"{MESSAGING}/sns.py",
        "Failed(reason)\n",
        "Confirmed()\n",
    ),
    Mutation(
        "a car goes on after an event that failed",
        "a cars events are first published in order",
        f"{APPLICATION}/publishing.py",
        "            case Failed(reason):\n                del waiting[aggregate_id]\n                return reason\n",
        "            case Failed(reason):\n                pass\n",
    ),
    Mutation(
        "no tombstones",
        "the view never goes back and shows whole commits",
        f"{DYNAMODB}/view.py",
        '"version": viewed.version}',
        '"version": viewed.version if viewed.value else 0}',
    ),
    Mutation(
        "the view takes an older version",
        "the view never goes back and shows whole commits",
        f"{DYNAMODB}/view.py",
        'return f"attribute_not_exists({resource.id}) OR version <= :version"',
        'return f"attribute_not_exists({resource.id}) OR version <= :version OR version > :version"',
    ),
    Mutation(
        "the outcome is written before the commit",
        "what is unchanged was so",
        f"{APPLICATION}/handling.py",
        "        outcome = self.handler.handle(command, delivery)\n",
        "        self.outcomes.unchanged(command.aggregate_id, command.command_id, 0)\n"
        "        outcome = self.handler.handle(command, delivery)\n",
    ),
    Mutation(
        "the fold's version is ignored",
        "a reader sees whole commits and never goes back",
        f"{DYNAMODB}/commit_item.py",
        "if stored.state is None or stored.state.fold_version != resource.fold_version:",
        "if stored.state is None:",
    ),
    Mutation(
        "newer code's events are taken for corrupt",
        "nothing is set aside that could be dealt with",
        f"{DYNAMODB}/stream.py",
        "later.set_aside(commit.aggregate_id, commit.version, str(newer))",
        "rejects.set_aside(commit.aggregate_id, commit.version, str(newer))",
    ),
    Mutation(
        "some refused events are written",
        "a commit is what its command means",
        f"{KERNEL}/execution.py",
        "return Refused(tuple(dict.fromkeys(reasons))) if reasons else Executed(tuple(events), state)",
        "return Refused(tuple(dict.fromkeys(reasons))) if reasons and not events else Executed(tuple(events), state)",
    ),
    Mutation(
        "the version that a command expects is not looked at",
        "a commit is what its command means",
        f"{KERNEL}/admission.py",
        "if command.expected_version in (None, version):",
        "if True:",
    ),
    Mutation(
        "a request's ticket is not kept",
        "requests with one key are one request",
        f"{APPLICATION}/submitting.py",
        "        return self.tickets.keep(key, ticket)\n",
        "        self.tickets.keep(key, ticket)\n        return ticket\n",
    ),
    Mutation(
        "a message that was not kept is accepted",
        "nothing accepted is lost",
        f"{MESSAGING}/sqs.py",
        "            raise Unavailable from error\n",
        "            return\n",
    ),
    Mutation(
        "a send without an answer is a success",
        "nothing accepted is lost",
        f"{MESSAGING}/sqs.py",
        "        except (ClientError, BotoCoreError) as error:",
        "        except OSError:\n            return\n        except (ClientError, BotoCoreError) as error:",
    ),
    Mutation(
        "a write without an answer is a success",
        "nothing accepted is lost",
        f"{DYNAMODB}/event_store.py",
        "            return False\n        return True",
        "            return False\n        except OSError:\n            return True\n        return True",
    ),
    Mutation(
        "a condition is lost on its way to the queue",
        "a command is what was asked",
        f"{APPLICATION}/submitting.py",
        "expected_version=conditions.expected_version",
        "expected_version=None",
    ),
    Mutation(
        "who waits is shown the car before",
        "a write that waited was answered truly",
        f"{HTTP}/writes.py",
        "found = self.queries.at_version(aggregate_id, version)",
        "found = self.queries.at_version(aggregate_id, max(1, version - 1))",
    ),
    Mutation(
        "a car that is gone is a fault",
        "every question is answered when nothing fails",
        f"{HTTP}/problems.py",
        "return Problem(HTTPStatus.GONE",
        "return Problem(HTTPStatus.INTERNAL_SERVER_ERROR",
    ),
    Mutation(
        "stale reads of the events",
        "a reader sees whole commits and never goes back",
        f"{DYNAMODB}/event_store.py",
        '"ConsistentRead": True',
        '"ConsistentRead": False',
    ),
    Mutation(
        "stale reads of the outcomes",
        "a status is told as soon as it is stored",
        f"{DYNAMODB}/outcomes.py",
        "Key=key, ConsistentRead=True",
        "Key=key, ConsistentRead=False",
    ),
    Mutation(
        "the projector's faults are swallowed",
        "the view ends equal to the fold",
        f"{DYNAMODB}/overdue.py",
        "            if isinstance(fault, INFRASTRUCTURE) and not overdue:\n                raise\n",
        "            if isinstance(fault, INFRASTRUCTURE) and not overdue:\n                return\n",
    ),
    Mutation(
        "what is no commit is dropped",
        "no record holds up its shard",
        f"{DYNAMODB}/stream.py",
        "            set_aside(resource, record, str(corrupt), rejects)",
        "            continue",
    ),
    Mutation(
        "the projector waits for no newer code",
        "nothing is set aside that could be dealt with",
        f"{DYNAMODB}/stream.py",
        "            later.set_aside(",
        "            rejects.set_aside(",
    ),
    Mutation(
        "the broadcaster gives up what newer code wrote",
        "nothing is set aside that could be dealt with",
        f"{DEFINITION}/stored.py",
        "    except UnknownEvent:\n        return stored",
        "    except UnknownEvent:\n        raise",
    ),
)
