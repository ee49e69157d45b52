"""Talk to AWS, or to an emulator of it: typed clients of the services that the stack uses."""

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
import botocore.session
from botocore.config import Config
from botocore.configprovider import ConfigValueStore, ConstantProvider

from tools import environment

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
        """Return an environment in which a command meets only the emulator."""
        return environment.made({
            "AWS_ENDPOINT_URL": self.endpoint, "AWS_REGION": self.region, "AWS_DEFAULT_REGION": self.region,
            "AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET,
        })  # fmt: skip

    @property
    def _endpoint(self) -> str | None:
        return self.endpoint or None


def emulated(endpoint: str, region: str = REGION) -> Aws:
    """Return clients of the emulator at an address, as its root user. They read no profile, file, variable or proxy."""
    session = boto3.Session(KEY_ID, SECRET, botocore_session=_without_settings(region))
    return Aws(session, endpoint)


def _without_settings(region: str) -> botocore.session.Session:
    """Return a session in which every setting has its default, wherever the user set another."""
    session = botocore.session.Session()
    settings = {name: default for name, (_, _, default, _) in session.SESSION_VARIABLES.items()}
    settings |= {"config_file": os.devnull, "credentials_file": os.devnull, "region": region}
    store = ConfigValueStore({name: ConstantProvider(value) for name, value in settings.items()})
    session.register_component("config_store", store)
    session.set_default_client_config(Config(proxies={}))
    return session


def _patient(connections: int) -> Config:
    return Config(max_pool_connections=connections, retries={"mode": "adaptive", "total_max_attempts": 10})
