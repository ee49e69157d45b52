"""Talk to AWS, or to an emulator of it: typed clients of the services that the stack uses."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
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
    """Credentials and a region, and an emulator's address: empty for AWS itself."""

    session: boto3.Session
    endpoint: str = ""

    @property
    def region(self) -> str:
        """The region's name."""
        return str(self.session.region_name)

    def cloudformation(self) -> "CloudFormationClient":
        """Make a client."""
        return self.session.client("cloudformation", endpoint_url=self._endpoint)

    def dynamodb(self, connections: int = 10) -> "DynamoDBClient":
        """Make a client for so many threads, which slows down where AWS throttles it."""
        return self.session.client("dynamodb", endpoint_url=self._endpoint, config=_patient(connections))

    def functions(self) -> "LambdaClient":
        """Make a client of Lambda."""
        return self.session.client("lambda", endpoint_url=self._endpoint)

    def iam(self) -> "IAMClient":
        """Make a client."""
        return self.session.client("iam", endpoint_url=self._endpoint)

    def s3(self) -> "S3Client":
        """Make a client."""
        return self.session.client("s3", endpoint_url=self._endpoint)

    def sns(self, connections: int = 10) -> "SNSClient":
        """Make a client for so many threads, which slows down where AWS throttles it."""
        return self.session.client("sns", endpoint_url=self._endpoint, config=_patient(connections))

    def sqs(self, connections: int = 10) -> "SQSClient":
        """Make a client for so many threads, which slows down where AWS throttles it."""
        return self.session.client("sqs", endpoint_url=self._endpoint, config=_patient(connections))

    def environment(self) -> dict[str, str]:
        """Give this process's environment, changed so that a command started with it meets only the emulator."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
        return others | {
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }  # fmt: skip

    @property
    def _endpoint(self) -> str | None:
        return self.endpoint or None


def emulated(endpoint: str, region: str = REGION) -> Aws:
    """Talk to the emulator at an address, as its root user."""
    session = boto3.Session(aws_access_key_id=KEY_ID, aws_secret_access_key=SECRET, region_name=region)
    return Aws(session, endpoint)


def _patient(connections: int) -> Config:
    return Config(max_pool_connections=connections, retries={"mode": "adaptive", "total_max_attempts": 10})
