"""The cars view through the whole pipeline: commits, stream, projector, lists; and its rebuilding."""

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from tests.support.cars import representation
from tests.support.pipeline import Pipeline, eventually
from tools.local.sam import STACK
from tools.paths import ROOT


def listed(pipeline: Pipeline, **filters: object) -> list[dict[str, Any]]:
    """Read a whole list, page by page."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    path, cars = f"/cars?{query}", list[dict[str, Any]]()
    while path:
        answer = pipeline.client.request("GET", path).raise_for_status()
        page = answer.json()
        cars += page["cars"]
        path = str(answer.url.join(page["next"])) if "next" in page else ""
    return cars


def versions(pipeline: Pipeline, owner: str) -> dict[str, int]:
    return {car["carId"]: car["version"] for car in listed(pipeline, owner=owner)}


def delete(pipeline: Pipeline, car_id: str) -> None:
    deletion = pipeline.client.accepted("DELETE", f"/cars/{car_id}")
    assert pipeline.client.outcome(deletion)["status"] == "succeeded"


def wipe(pipeline: Pipeline) -> None:
    """Lose the view: every item of its table."""
    table = pipeline.cars.view_table
    for page in pipeline.dynamodb.get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            pipeline.dynamodb.delete_item(TableName=table, Key={"carId": item["carId"]})


def rebuild(pipeline: Pipeline, folder: Path, *options: str, env: Mapping[str, str] | None = None) -> str:
    """Run the operator's command; give what it printed."""
    file = folder / "stack.json"
    pipeline.stack.write(file)
    where = options or ("--stack-file", str(file))
    command = [sys.executable, "-m", "tools.ops", "cars", "rebuild-view", "--segments", "3", *where]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def owner() -> str:
    """Somebody who has no cars yet."""
    return str(uuid4())


def test_a_car_is_listed_as_it_is_now_until_it_is_deleted(pipeline: Pipeline, owner: str) -> None:
    car_id = pipeline.create(owner=owner)
    eventually(lambda: versions(pipeline, owner) == {car_id: 1})
    pipeline.put(car_id, owner=owner, color="white", mileage=20_000)
    eventually(lambda: versions(pipeline, owner) == {car_id: 3})
    changed = representation(owner=owner, color="white", mileage=20_000)
    assert listed(pipeline, owner=owner) == [{"carId": car_id, **changed, "version": 3}]
    delete(pipeline, car_id)
    eventually(lambda: versions(pipeline, owner) == {})


def test_a_car_that_is_handed_over_changes_lists(pipeline: Pipeline, owner: str) -> None:
    car_id, buyer = pipeline.create(owner=owner), str(uuid4())
    pipeline.put(car_id, owner=buyer)
    eventually(lambda: versions(pipeline, buyer) == {car_id: 2})
    assert versions(pipeline, owner) == {}


@pytest.mark.parametrize(
    "filters",
    [
        {"vin": "1ftew1ep5kfa12345"},
        {"make": "ford", "model": "f150", "limit": 1},
        {"make": "Ford", "model": "F150", "color": "white", "limit": 1},
        {"make": "Ford", "model": "F150", "condition": "poor", "limit": 1},
    ],
)
def test_a_car_is_found_by_every_way_of_asking(pipeline: Pipeline, filters: dict[str, object]) -> None:
    truck = {"make": "Ford", "model": "F150", "vin": "1FTEW1EP5KFA12345", "color": "white", "condition": "poor"}
    cars = {pipeline.create(**truck) for _ in range(2)}
    eventually(lambda: cars <= {car["carId"] for car in listed(pipeline, **filters)})
    ids = [car["carId"] for car in listed(pipeline, **filters)]
    assert len(ids) == len(set(ids))


def test_a_combination_that_no_index_serves_is_told_which_are(pipeline: Pipeline) -> None:
    answer = pipeline.client.request("GET", "/cars?make=BMW")
    assert answer.status_code == 422
    assert "make and model" in answer.json()["detail"]


def test_a_wiped_view_is_rebuilt_and_brings_no_deleted_car_back(pipeline: Pipeline, owner: str, tmp_path: Path) -> None:
    kept, gone = pipeline.create(owner=owner), pipeline.create(owner=owner)
    pipeline.put(kept, owner=owner, color="blue")
    delete(pipeline, gone)
    eventually(lambda: versions(pipeline, owner) == {kept: 2})
    wipe(pipeline)
    assert versions(pipeline, owner) == {}
    assert " put, 0 newer" in rebuild(pipeline, tmp_path)
    assert versions(pipeline, owner) == {kept: 2}
    assert _viewed(pipeline, gone) == {"carId": {"S": gone}, "version": {"N": "2"}, "deleted": {"BOOL": True}}


def test_a_car_deleted_after_a_rebuild_read_it_stays_deleted(pipeline: Pipeline, owner: str, tmp_path: Path) -> None:
    """The view is ahead of what the rebuild finds: as when the deletion was projected in between."""
    car_id = pipeline.create(owner=owner)
    eventually(lambda: versions(pipeline, owner) == {car_id: 1})
    tombstone: Any = {"carId": {"S": car_id}, "version": {"N": "2"}, "deleted": {"BOOL": True}}
    pipeline.dynamodb.put_item(TableName=pipeline.cars.view_table, Item=tombstone)
    assert ", 1 newer" in rebuild(pipeline, tmp_path)
    assert versions(pipeline, owner) == {}


def test_a_rebuild_while_traffic_goes_on_loses_no_update(pipeline: Pipeline, owner: str, tmp_path: Path) -> None:
    cars = [pipeline.create(owner=owner, mileage=0) for _ in range(6)]
    stop, ends = Event(), dict[str, int]()

    def drive(car_id: str) -> None:
        """Change a car until told to stop; delete every second one at the end."""
        mileage, outcome = 0, dict[str, Any]()
        while not stop.is_set() or mileage < 5:
            mileage += 1
            outcome = pipeline.put(car_id, owner=owner, mileage=mileage)
        ends[car_id] = outcome["version"]
        if cars.index(car_id) % 2:
            delete(pipeline, car_id)
            del ends[car_id]

    with ThreadPoolExecutor(len(cars)) as threads:
        driving = [threads.submit(drive, car_id) for car_id in cars]
        try:
            wipe(pipeline)
            for _ in range(3):
                rebuild(pipeline, tmp_path)
        finally:
            stop.set()
        for drive_of_one in driving:
            drive_of_one.result()
    assert len(ends) == 3
    eventually(lambda: versions(pipeline, owner) == ends)
    rebuild(pipeline, tmp_path)
    assert versions(pipeline, owner) == ends


def test_a_stack_on_aws_is_rebuilt_by_its_name(pipeline: Pipeline, owner: str, tmp_path: Path) -> None:
    car_id = pipeline.create(owner=owner)
    wipe(pipeline)
    rebuild(pipeline, tmp_path, "--stack-name", STACK, env=pipeline.stack.aws.environment())
    assert versions(pipeline, owner) == {car_id: 1}


def _viewed(pipeline: Pipeline, car_id: str) -> Mapping[str, Any]:
    key: Any = {"carId": {"S": car_id}}
    return pipeline.dynamodb.get_item(TableName=pipeline.cars.view_table, Key=key).get("Item", {})
