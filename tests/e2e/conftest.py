"""The system itself: the real template, built and deployed by sam, in an emulator."""

from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from tests.support.client_drivers import GENERATORS, DriverGenerator
from tests.support.pipeline import Pipeline
from tests.support.sigv4 import SigV4
from tools.local.client import CarClient
from tools.local.stack import local_stack
from tools.subscriber import Subscriber


@pytest.fixture(scope="session")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Generator[Pipeline]:
    """The system as `make run` starts it."""
    with local_stack(stack_file=_file(tmp_path_factory)) as stack:
        client = CarClient(stack.api_url)
        yield Pipeline(stack, client)
        client.http.close()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Generator[Pipeline]:
    """The system with its default authorization, in an emulator that enforces IAM."""
    with local_stack(authorization="AWS_IAM", auth=True, stack_file=_file(tmp_path_factory)) as stack:
        client = CarClient(stack.api_url, SigV4())
        yield Pipeline(stack, client)
        client.http.close()


@pytest.fixture
def subscriber(pipeline: Pipeline) -> Iterator[Subscriber]:
    with Subscriber(pipeline.stack.aws, pipeline.cars.events_topic_arn) as subscriber:
        yield subscriber


@pytest.fixture(scope="module", params=GENERATORS, ids=lambda generator: generator.__name__)
def generator(request: pytest.FixtureRequest) -> DriverGenerator:
    """What generates a client, with its driver."""
    generator: DriverGenerator = request.param
    return generator


def _file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stack") / "stack.json"
