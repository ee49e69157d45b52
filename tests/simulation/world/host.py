"""Where an instance of a function runs: what its clients, its clock and its sleep are made of.

A client sends a request again by itself. What it sends again, and how often, is botocore's own code
(`botocore.retries.standard`, https://docs.aws.amazon.com/boto3/latest/guide/retries.html), fed with the client's own
`Config`. So a PutItem whose answer was lost is sent twice, and then its own condition fails.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from botocore.awsrequest import AWSResponse, HTTPHeaders
from botocore.exceptions import BotoCoreError, ClientError
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.retries.standard import RetryContext, StandardRetryConditions

from tests.simulation.world.clock import Skewed
from tests.simulation.world.expressions import NotModelled
from tests.simulation.world.faults import AFTERWARDS, CRASHES, Call, Crashed, Kind, exception

if TYPE_CHECKING:
    from tests.simulation.world.aws import World

Answer: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Patience:
    """As much of botocore's Config as matters: seconds, and how often a request is sent in all."""

    connect: float = 60.0
    read: float = 60.0
    attempts: int = 5

    @classmethod
    def of(cls, config: Any) -> "Patience":
        """Read a Config; None has botocore's defaults."""
        if config is None:
            return cls()
        retries: dict[str, Any] = config.retries or {}
        return cls(config.connect_timeout, config.read_timeout, retries.get("total_max_attempts", cls.attempts))


class Host:
    """One instance. It can be moved to another world, since a function keeps nothing from one event to the next."""

    def __init__(self, world: "World", name: str = "test", skew: float = 0.0) -> None:
        self.world = world
        self.name = name
        self.skew = skew
        self.deadline = float("inf")

    def now(self) -> datetime:
        """Return the time on this instance's clock."""
        return Skewed(self.world.clock, self.skew).now()

    def monotonic(self) -> float:
        """Return seconds for measuring durations, without clock skew."""
        return self.world.clock.now

    def remaining_milliseconds(self) -> int:
        """Return the remaining time, as `context.get_remaining_time_in_millis()` does."""
        return max(0, int((self.deadline - self.world.clock.now) * 1000))

    def randbits(self, count: int) -> int:
        """Stand for `secrets.randbits`."""
        return self.world.dice.bits("randbits", count)

    def pause(self, attempt: int) -> None:
        """Stand for `trigger_pattern.application.clock.pause`."""
        self.sleep(self.world.dice.between("pause", 0, 0.02 * 2**attempt))

    def sleep(self, seconds: float) -> None:
        """Let time pass, in which others may act."""
        self._pass(seconds)
        self.world.meanwhile(self, "sleep")
        self._still_alive()

    def send(self, call: Call, patience: Patience, effect: Callable[[], Answer]) -> Answer:
        """Make a call as a client does. Raises what a client raises, and Crashed."""
        conditions = _conditions(patience.attempts)
        attempt = 0
        while True:
            attempt += 1
            try:
                return self._attempt(call, patience, effect)
            except (BotoCoreError, ClientError) as fault:
                if not conditions.is_retryable(_context(attempt, call, fault)):
                    raise
            self.sleep(self.world.dice.between("backoff", 0, min(2 ** (attempt - 1), 20)))

    def _attempt(self, call: Call, patience: Patience, effect: Callable[[], Answer]) -> Answer:
        fault = self.world.faults.meet(call)
        self.world.meanwhile(self, f"before {call.operation}")
        self._still_alive()
        if fault and fault not in AFTERWARDS:
            raise self._failure(fault, call, patience)
        try:
            answer = effect()
        except ClientError:
            if fault:
                raise self._failure(fault, call, patience) from None
            self._took_effect(call)
            raise
        except Exception as error:  # a mistake of the model's must not pass for one of AWS's
            raise NotModelled(f"{call.operation}: {error!r}") from error
        if fault:
            raise self._failure(fault, call, patience)
        self._took_effect(call)
        return answer

    def _took_effect(self, call: Call) -> None:
        self._pass(self.world.dice.between("latency", 0.001, 0.02))
        self.world.meanwhile(self, f"after {call.operation}")
        self._still_alive()

    def _failure(self, kind: Kind, call: Call, patience: Patience) -> BaseException:
        if kind in CRASHES:
            return Crashed(f"{self.name} {kind} {call.operation}")
        unheard = {Kind.UNREACHABLE: patience.connect, Kind.UNANSWERED: patience.read, Kind.LOST_ANSWER: patience.read}
        self._pass(unheard.get(kind, 0.05))
        return exception(kind, call, self.world.dice)

    def _pass(self, seconds: float) -> None:
        """Let time pass. An instance that is out of time ends at the very moment."""
        clock = self.world.clock
        clock.advance(max(0.0, min(seconds, self.deadline - clock.now)))
        self._still_alive()

    def _still_alive(self) -> None:
        if self.world.clock.now >= self.deadline:
            raise Crashed(f"{self.name} ran out of time")


@cache
def _conditions(attempts: int) -> StandardRetryConditions:
    return StandardRetryConditions(max_attempts=attempts)


@cache
def _service_model(service: str) -> ServiceModel:
    """Read botocore's own description of a service: it says of some errors that they may pass."""
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def _context(attempt: int, call: Call, fault: BotoCoreError | ClientError) -> RetryContext:
    model = _service_model(call.service).operation_model(call.operation)
    if not isinstance(fault, ClientError):
        return RetryContext(attempt, model, caught_exception=fault)
    response: Any = fault.response
    http = AWSResponse("", response["ResponseMetadata"]["HTTPStatusCode"], HTTPHeaders(), None)
    return RetryContext(attempt, model, parsed_response=response, http_response=http)
