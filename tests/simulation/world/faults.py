"""What may happen to a call of AWS, as the caller meets it, and in truth.

https://docs.aws.amazon.com/boto3/latest/guide/error-handling.html has the classes; the codes are those of the services'
"Common errors" pages (DynamoDB `Programming.Errors`, SQS and SNS `CommonErrors`). That a call whose answer is lost may
have taken effect is what "Making retries safe with idempotent APIs" of the Amazon Builders' Library is about.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError, EndpointConnectionError, ReadTimeoutError

from tests.simulation.world.dice import Dice

Named = TypeVar("Named", bound=str)


class Kind(StrEnum):
    """What may happen to one attempt. The names are those of the dice's story."""

    UNREACHABLE = "no connection for"
    UNANSWERED = "no answer and no effect of"
    THROTTLED = "throttling of"
    SERVER_ERROR = "error 500 instead of"
    LOST_ANSWER = "lost answer to"
    LATE_ERROR = "error 500 after"
    CRASH_BEFORE = "crash before"
    CRASH_AFTER = "crash after"


AFTERWARDS = frozenset({Kind.LOST_ANSWER, Kind.LATE_ERROR, Kind.CRASH_AFTER})
"""What happens when the call has taken effect already."""

CRASHES = frozenset({Kind.CRASH_BEFORE, Kind.CRASH_AFTER})


class Crashed(BaseException):
    """The instance is gone. Nothing in the code under test may catch this, as nothing catches the end of a process."""


@dataclass(frozen=True)
class Call:
    """One operation of one service, as its API names both: `dynamodb`, `PutItem`."""

    service: str
    operation: str
    parameters: Mapping[str, Any]


_THROTTLING: dict[str, tuple[tuple[str, int], ...]] = {
    "dynamodb": (("ThrottlingException", 400), ("ProvisionedThroughputExceededException", 400)),
    "sqs": (("RequestThrottled", 403), ("ThrottlingException", 400)),
    "sns": (("Throttling", 400), ("Throttled", 429)),  # botocore sends the first again, but not the second
}
_SERVER_ERRORS: dict[str, tuple[tuple[str, int], ...]] = {
    "dynamodb": (("InternalServerError", 500), ("ServiceUnavailable", 503)),
    "sqs": (("InternalFailure", 500), ("ServiceUnavailable", 503)),
    "sns": (("InternalError", 500), ("InternalFailure", 500)),
}


def client_error(call: Call, code: str, status: int, message: str = "Simulated.", **more: Any) -> ClientError:
    """Make the exception that botocore makes of an error answer."""
    return ClientError(error_response(code, status, message, **more), call.operation)


def error_response(code: str, status: int, message: str, **more: Any) -> Any:
    """Make the parsed answer that such an exception holds."""
    return {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}, **more}


def exception(kind: Kind, call: Call, dice: Dice) -> BotoCoreError | ClientError:
    """Make what the caller meets; of several codes, the dice choose."""
    endpoint = f"https://{call.service}.eu-central-1.amazonaws.com/"
    match kind:
        case Kind.UNREACHABLE:
            return EndpointConnectionError(endpoint_url=endpoint)
        case Kind.LOST_ANSWER | Kind.UNANSWERED:
            return ReadTimeoutError(endpoint_url=endpoint)
        case Kind.THROTTLED:
            return client_error(call, *dice.pick(f"code of throttling {call.service}", _THROTTLING[call.service]))
        case Kind.SERVER_ERROR | Kind.LATE_ERROR:
            return client_error(call, *dice.pick(f"code of error 500 {call.service}", _SERVER_ERRORS[call.service]))
        case Kind.CRASH_BEFORE | Kind.CRASH_AFTER:
            raise ValueError("who crashes meets nothing any more")


@dataclass
class Faults:
    """Decides what each attempt of a call meets: what a test has scripted, else what the dice say at these rates."""

    dice: Dice
    rates: Mapping[Kind, float] = field(default_factory=dict[Kind, float])
    scripted: defaultdict[str, deque[Kind | None]] = field(default_factory=lambda: defaultdict(deque))

    def script(self, operation: str, *kinds: Kind | None) -> None:
        """Have the next attempts of an operation meet these, in order; None is an attempt that goes well."""
        self.scripted[operation].extend(kinds)

    def meet(self, call: Call) -> Kind | None:
        """Return the fault that an attempt meets, or None."""
        if script := self.scripted.get(call.operation):
            return script.popleft()
        for kind, rate in self.rates.items():
            if self.dice.chance(f"{kind} {call.operation}", rate):
                return kind
        return None

    def end(self) -> None:
        """Let nothing happen any more, not even what was scripted."""
        self.rates = {}
        self.scripted.clear()


def swarm(dice: Dice, most: float = 0.15) -> dict[Kind, float]:
    """Draw rates of faults for one run."""
    return {kind: rate for kind, rate in swarm_of(dice, Kind, most).items() if rate}


def swarm_of(dice: Dice, kinds: Iterable[Named], most: float = 0.15) -> dict[Named, float]:
    """Draw a rate for each kind of thing: of about half of them 0, so that not every run has everything.

    For one fault can hide another (Groce et al., "Swarm testing", ISSTA 2012).
    """
    return {kind: max(0.0, dice.between(f"rate of {kind}", -most, most)) for kind in kinds}
