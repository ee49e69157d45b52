"""Talk to the emulator: what its clients need, and typed clients of the services that the stack uses."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import boto3

if TYPE_CHECKING:
    from collections.abc import Callable

    from mypy_boto3_cloudformation import CloudFormationClient
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sns import SNSClient
    from mypy_boto3_sqs import SQSClient

REGION = "us-east-1"
# What the emulator takes for its root user.
KEY_ID = "test"
SECRET = "test"  # noqa: S105 - no secret


@dataclass(frozen=True)
class Aws:
    """An emulator's address, and boto3 clients for it."""

    endpoint: str
    region: str = REGION

    def cloudformation(self) -> "CloudFormationClient":
        """Make a client."""
        return cast("CloudFormationClient", self._client("cloudformation"))

    def dynamodb(self) -> "DynamoDBClient":
        """Make a client."""
        return cast("DynamoDBClient", self._client("dynamodb"))

    def functions(self) -> "LambdaClient":
        """Make a client of Lambda."""
        return cast("LambdaClient", self._client("lambda"))

    def iam(self) -> "IAMClient":
        """Make a client."""
        return cast("IAMClient", self._client("iam"))

    def s3(self) -> "S3Client":
        """Make a client."""
        return cast("S3Client", self._client("s3"))

    def sns(self) -> "SNSClient":
        """Make a client."""
        return cast("SNSClient", self._client("sns"))

    def sqs(self) -> "SQSClient":
        """Make a client."""
        return cast("SQSClient", self._client("sqs"))

    def environment(self) -> dict[str, str]:
        """Give this process's environment, changed so that a command started with it meets only the emulator."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return others | {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }  # fmt: skip

    def _client(self, service: str) -> Any:  # noqa: ANN401 - each service has its own type
        # Unknown to pyright in part: only the stubs of the services used here are installed
        make = cast("Callable[..., Any]", boto3.client)  # pyright: ignore[reportUnknownMemberType]
        return make(
            service,
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=KEY_ID,
            aws_secret_access_key=SECRET,
        )
