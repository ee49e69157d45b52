"""The functions' AWS clients, with their timeouts and retries.

They are botocore's, as those of boto3 are. boto3 itself also loads what copies files to S3, which takes a quarter of
the time in which a function with nothing but boto3 starts.
"""

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, cast

from botocore.config import Config
from botocore.session import Session, get_session

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_sns.client import SNSClient
    from mypy_boto3_sqs.client import SQSClient

_LEAN: Final = Config(tcp_keepalive=True, parameter_validation=False, user_agent="trigger-pattern")
"""Without what botocore does for each request: parameters have types here, and a user agent can be written once."""

CLIENT_CONFIG: Final = _LEAN.merge(
    Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3})
)
"""Seconds: three attempts with their pauses end within about ten seconds, even if all of them hang."""

READER_CONFIG: Final = _LEAN.merge(
    Config(connect_timeout=1, read_timeout=1, retries={"mode": "standard", "total_max_attempts": 1})
)
"""For reads that may be skipped or are retried anyway: one attempt of at most about two seconds."""


def dynamodb(config: Config = CLIENT_CONFIG, *, on_first_use: bool = False) -> "DynamoDBClient":
    """Return a client of DynamoDB; made on its first use if most invocations do without."""
    return cast("DynamoDBClient", _client("dynamodb", config, on_first_use=on_first_use))


def sqs(config: Config = CLIENT_CONFIG, *, on_first_use: bool = False) -> "SQSClient":
    """Return a client of SQS; made on its first use if most invocations do without."""
    return cast("SQSClient", _client("sqs", config, on_first_use=on_first_use))


def sns() -> "SNSClient":
    """Return a client of SNS."""
    return cast("SNSClient", _client("sns", CLIENT_CONFIG, on_first_use=False))


def make_client(service: str, config: Config) -> Any:  # noqa: ANN401 - botocore makes its classes at run time
    """Make a client."""
    return _session().create_client(service, config=config)


class _OnFirstUse:
    """Stands for a client until something is asked of it."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._made = cache(make)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any of a client's
        return getattr(self._made(), name)


def _client(service: str, config: Config, *, on_first_use: bool) -> object:
    make = partial(make_client, service, config)
    return _OnFirstUse(make) if on_first_use else make()


@cache
def _session() -> Session:
    return get_session()
