"""The five functions, and a recording of everything that they answer, store and publish."""

from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from typing import Any

from tests.golden.leavings import Table, sent
from tests.golden.recording import Recording
from tests.golden.surroundings import START, Surroundings, nothing
from tests.support.aws import Aws, queue_record, sqs_event, stream_record
from tests.support.functions import Functions, load_functions
from tests.support.http import function_of, request

FUNCTIONS = ("CommandApi", "QueryApi", "CarCommandHandler", "CarEventBroadcaster", "CarProjector")
STREAM_READERS = ("CarEventBroadcaster", "CarProjector")
TABLES = {"CarTicketsTable": "tickets", "CarOutcomesTable": "outcomes", "CarViewTable": "view"}
EVENTS = "CarEventsTable"
COMMANDS = "CarCommandsQueue"
DEAD_LETTERS = ("CarCommandsDlq", "CarBroadcastDlq", "CarProjectorDlq", "CarProjectorRetryQueue")


@dataclass
class System:
    """Each method is a step of the story, recorded under a name; a second passes before each."""

    aws: Aws
    surroundings: Surroundings
    recording: Recording
    resources: dict[str, str]
    functions: Functions
    subscriber: str

    @classmethod
    def over(cls, aws: Aws) -> "System":
        """Create what the functions need, and load them."""
        resources, surroundings = aws.create_stack(), Surroundings()
        with surroundings.around_loading():
            functions = load_functions(resources, *FUNCTIONS)
        subscriber = aws.subscribe_queue(resources["CarEventsTopic"], "subscriber")
        return cls(aws, surroundings, Recording(), resources, functions, subscriber)

    def __post_init__(self) -> None:
        self._tables = {name: Table(self.aws, name) for name in (EVENTS, *TABLES)}

    def ask(
        self, step: str, line: str, body: Any = None, headers: Mapping[str, str] | None = None, caller: Any = None
    ) -> dict[str, Any]:
        """Send a request, given as `PUT /cars/7?x=1`; return its recorded answer. `caller` is what was verified."""
        self._tick()
        method, _, target = line.partition(" ")
        path, _, query = target.partition("?")
        event = request(method, path, body=body, headers=headers, query=query, authorizer=caller)
        with redirect_stdout(StringIO()):
            answer = self.functions.invoke(function_of(event), event)
        recorded = _answer(**answer)
        self.recording.keep("answers", step, recorded)
        return recorded

    def settle(self, step: str) -> None:
        """Handle every message of the queue, and publish and project the events."""
        self._tick()
        messages = self.aws.receive(self.resources[COMMANDS])
        self.recording.keep("messages", step, sent(messages))
        for message in messages:
            given = message["Attributes"]
            self._deliver(self.record(message["Body"], given["MessageGroupId"], given["MessageDeduplicationId"]))
        self._collect(step)

    def write(self, step: str, line: str, body: Any = None, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Send a request and have it handled, while it waits if it prefers to; return its recorded answer."""
        self.surroundings.while_waiting = lambda: self.settle(step)
        try:
            answer = self.ask(step, line, body, headers)
        finally:
            self.surroundings.while_waiting = nothing
        self.settle(step)
        return answer

    def record(self, body: str, group: str, deduplication_id: str = "", **options: Any) -> dict[str, Any]:
        """Make a record of the commands queue. `receives` is how often it was delivered, `age` how old it is."""
        number = self.surroundings.seconds - options.get("age", 0)
        sent_at = START + timedelta(seconds=number)
        receives = options.get("receives", 1)
        return queue_record(body, number, group, sent_at, receives=receives, deduplication_id=deduplication_id)

    def deliver(self, step: str, record: dict[str, Any]) -> str:
        """Deliver a message past the API; return what the function printed."""
        self._tick()
        printed = self._deliver(record)
        self._collect(step)
        return printed

    def stream(self, step: str, *items: dict[str, Any]) -> None:
        """Send any items through the events table's stream."""
        self._tick()
        self._stream(items)
        self._collect(step)

    def retry(self, step: str, body: str) -> None:
        """Deliver the projector's retries."""
        self._tick()
        record = {
            **self.record(body, ""),
            "eventSourceARN": self.aws.queue_arn(self.resources["CarProjectorRetryQueue"]),
        }
        with redirect_stdout(StringIO()):
            self.functions.invoke("CarProjector", sqs_event(record))
        self._collect(step)

    def check(self) -> None:
        """Check that every item of every table is recorded."""
        assert [table.name for table in self._tables.values() if not table.is_recorded()] == []

    def _tick(self) -> None:
        self.surroundings.now += timedelta(seconds=1)

    def _deliver(self, record: dict[str, Any]) -> str:
        with redirect_stdout(StringIO()) as printed:
            self.functions.invoke("CarCommandHandler", sqs_event(record))
        return printed.getvalue()

    def _stream(self, items: Any) -> None:
        with redirect_stdout(StringIO()):
            for reader in STREAM_READERS:
                self.functions.invoke(reader, {"Records": [stream_record(item) for item in items]})

    def _collect(self, step: str) -> None:
        commits = self._new_items(EVENTS)
        self.recording.keep("commits", step, commits)
        if commits:
            self._stream(commits)
        for table, area in TABLES.items():
            self.recording.keep(area, step, self._new_items(table))
        self.surroundings.puts.clear()
        self.recording.keep("events", step, sent(self.aws.receive(self.subscriber)))
        letters = {queue.removeprefix("Car"): sent(self.aws.receive(self.resources[queue])) for queue in DEAD_LETTERS}
        self.recording.keep("dead_letters", step, {queue: found for queue, found in letters.items() if found})

    def _new_items(self, table: str) -> list[dict[str, Any]]:
        return self._tables[table].new_items(put["Item"] for put in self.surroundings.puts if put["TableName"] == table)


def _answer(*, statusCode: int, headers: dict[str, str], body: str, **others: Any) -> dict[str, Any]:  # noqa: N803
    """Write an answer as it is recorded; `others` has nothing but whether the body is in base64, which none here is."""
    assert not any(others.values()), others
    return {"status": statusCode, "headers": dict(sorted(headers.items())), "body": body}
