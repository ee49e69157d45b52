"""Clients generated from the checked-in description: each acts out a car's story on the running system."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.client_drivers import Driver, DriverGenerator, openapi_python_client
from tests.support.pipeline import Pipeline
from tests.support.prism import prism
from tests.support.system import DESCRIPTION
from tools.commands import CommandFailed

STORY = ["Created", "ColorChanged", "MileageChanged", "Deleted"]


@pytest.fixture(scope="module")
def driver(generator: DriverGenerator, tmp_path_factory: pytest.TempPathFactory) -> Driver:
    return generator(DESCRIPTION, tmp_path_factory.mktemp("client"), "car")


def test_the_story_keeps_to_the_clients_types(driver: Driver) -> None:
    driver.check()


def test_the_story_comes_true(driver: Driver, pipeline: Pipeline) -> None:
    car_id = driver.run(pipeline.stack.api_url)
    assert pipeline.event_types(car_id) == STORY


def test_every_request_and_answer_of_the_story_is_described(pipeline: Pipeline, tmp_path: Path) -> None:
    driver = openapi_python_client(DESCRIPTION, tmp_path, "car")
    with prism(DESCRIPTION, pipeline.stack.api_url, tmp_path / "prism.log") as url:
        assert pipeline.event_types(driver.run(url)) == STORY


def test_an_answer_that_is_not_described_is_found(pipeline: Pipeline, tmp_path: Path) -> None:
    driver = openapi_python_client(DESCRIPTION, tmp_path, "car")
    description: dict[str, Any] = json.loads(DESCRIPTION.read_text())
    description["components"]["schemas"]["Car"]["properties"]["mileage"] = {"type": "string"}
    (tmp_path / "wrong.json").write_text(json.dumps(description))
    with (
        prism(tmp_path / "wrong.json", pipeline.stack.api_url, tmp_path / "prism.log") as url,
        pytest.raises(CommandFailed, match="property mileage must be string"),
    ):
        driver.run(url)
