"""The operator's command line against the running system: tail, history and verify."""

import json
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest

from tests.support.pipeline import PATIENCE, Pipeline, eventually
from tools.paths import ROOT
from trigger_pattern.application.clock import utc_now, write_time

Command = Sequence[str | Path]


class Operator:
    """Somebody at a terminal."""

    def __init__(self, pipeline: Pipeline, folder: Path) -> None:
        self.pipeline = pipeline
        self._where = ("--stack-file", folder / "stack.json")
        pipeline.stack.write(folder / "stack.json")

    def command(self, *arguments: str) -> Command:
        return [sys.executable, "-m", "tools.ops", "cars", *arguments, *self._where]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)

    def output(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def json(self, *arguments: str) -> Any:
        return json.loads(self.output(*arguments, "--json"))

    @contextmanager
    def started(self, command: Command) -> Generator["subprocess.Popen[str]"]:
        """Start a tail, and go on when it listens."""
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True) as tail:
            try:
                assert tail.stderr
                assert tail.stderr.readline().startswith("Events of ")
                yield tail
            finally:
                tail.kill()


@pytest.fixture
def operator(pipeline: Pipeline, tmp_path: Path) -> Operator:
    return Operator(pipeline, tmp_path)


@pytest.fixture
def sound(operator: Operator) -> Operator:
    """Forget what other tests left in the view."""
    table, dynamodb = operator.pipeline.cars.view_table, operator.pipeline.dynamodb
    for page in dynamodb.get_paginator("scan").paginate(TableName=table):
        for item in page["Items"]:
            dynamodb.delete_item(TableName=table, Key={"carId": item["carId"]})
    operator.output("rebuild-view")
    return operator


def queues(pipeline: Pipeline) -> set[str]:
    return set(pipeline.sqs.list_queues(QueueNamePrefix="subscriber-").get("QueueUrls", []))


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_tail_shows_the_events_that_were_asked_for_and_leaves_nothing(operator: Operator, end: signal.Signals) -> None:
    pipeline, before = operator.pipeline, queues(operator.pipeline)
    car_id, other = pipeline.create(), pipeline.create()
    asked = ("--car", car_id, "--type", "colorchanged", "--type", "Deleted", "--make", "bmw")
    with operator.started(operator.command("tail", *asked)) as tail:
        assert len(queues(pipeline) - before) == 1
        pipeline.put(other, color="red")
        pipeline.put(car_id, color="red", mileage=15_000)
        pipeline.client.accepted("DELETE", f"/cars/{car_id}")
        assert tail.stdout
        first, second = tail.stdout.readline(), tail.stdout.readline()
        tail.send_signal(end)
        rest, errors = tail.communicate(timeout=PATIENCE)
    assert first.endswith(f"Z  {car_id}     2  ColorChanged      color red\n")
    assert second.endswith(f"Z  {car_id}     4  Deleted           deleted for ever\n")
    assert (rest, errors, tail.returncode) == ("", "", 0)
    assert queues(pipeline) == before


def test_a_tail_that_nobody_reads_any_more_ends(operator: Operator) -> None:
    """After the first line `head` is gone, and no other event comes that could not be written."""
    pipeline, before = operator.pipeline, queues(operator.pipeline)
    car_id = pipeline.create()
    tail_of_car = operator.command("tail", "--json", "--car", car_id)
    head = ["bash", "-c", 'set -o pipefail; "$@" | head -1', "bash", *tail_of_car]
    with operator.started(head) as piped:
        pipeline.put(car_id, color="red")
        shown, errors = piped.communicate(timeout=PATIENCE)
    envelope = json.loads(shown)
    assert (envelope["specversion"], envelope["id"], envelope["data"]) == ("1.0", f"{car_id}/2", {"color": "red"})
    assert (errors, piped.returncode) == ("", 0)
    assert queues(pipeline) == before


def test_a_tail_without_an_output_ends(operator: Operator) -> None:
    before = queues(operator.pipeline)
    closed = ["bash", "-c", 'exec "$@" >&-', "bash", *operator.command("tail")]
    with operator.started(closed) as tail:
        _, errors = tail.communicate(timeout=PATIENCE)
    assert (errors, tail.returncode) == ("", 0)
    assert queues(operator.pipeline) == before


def test_a_tail_under_nohup_outlives_its_terminal(operator: Operator) -> None:
    car_id = operator.pipeline.create()
    nohup = ["bash", "-c", 'trap "" HUP; exec "$@"', "bash", *operator.command("tail", "--car", car_id)]
    with operator.started(nohup) as tail:
        tail.send_signal(signal.SIGHUP)
        operator.pipeline.put(car_id, color="red")
        assert tail.stdout
        assert tail.stdout.readline().endswith("ColorChanged      color red\n")
        tail.send_signal(signal.SIGTERM)
        _, errors = tail.communicate(timeout=PATIENCE)
    assert (errors, tail.returncode) == ("", 0)


def test_an_event_that_nobody_reads_any_more_ends_it_too(operator: Operator) -> None:
    car_id = operator.pipeline.create()
    with operator.started(operator.command("tail", "--car", car_id)) as tail:
        assert tail.stdout
        tail.stdout.close()
        tail.stdout = None
        operator.pipeline.put(car_id, color="red")
        _, errors = tail.communicate(timeout=PATIENCE)
    assert (errors, tail.returncode) == ("", 0)


def test_history_tells_a_cars_life(operator: Operator) -> None:
    pipeline = operator.pipeline
    before = write_time(utc_now())
    car_id = pipeline.create()
    pipeline.put(car_id, color="red", mileage=15_000)
    told = operator.output("history", car_id)
    assert "     2  ColorChanged      color black → red\n     3  MileageChanged    mileage 14,320 → 15," in told
    assert "Versions 2 to 3, 20" in told
    assert ", by anonymous\n" in told
    assert told.rstrip().endswith("condition  good")

    assert operator.json("history", car_id)["car"]["color"] == "red"
    created = operator.json("history", car_id, "--as-of", "1")
    assert (created["version"], created["car"]["color"]) == (1, "black")
    assert operator.json("history", car_id, "--as-of", created["commits"][0]["occurredAt"]) == created

    early = operator.run("history", car_id, "--as-of", before)
    assert (early.returncode, early.stdout) == (1, "")
    assert "was not registered yet then" in early.stderr
    late = operator.run("history", car_id, "--as-of", "4")
    assert (late.returncode, late.stdout) == (1, "")
    assert "has no version 4 yet; its newest is 3" in late.stderr


def test_history_of_a_car_that_never_was_is_an_error(operator: Operator) -> None:
    nobody = str(uuid4())
    done = operator.run("history", nobody)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: There never was a car {nobody} ")


def test_verify_passes_on_a_sound_stack(sound: Operator) -> None:
    car_id = sound.pipeline.create()
    sound.pipeline.put(car_id, color="red", mileage=15_000)
    found = sound.json("verify", "--segments", "3")
    assert (found["faults"], found["faultCount"], found["statesOfOtherFolds"]) == ([], 0, 0)
    assert found["events"] >= found["commits"] == found["statesCompared"] >= found["cars"] >= 1
    assert " 0 faults, in " in sound.output("verify")


def test_verify_takes_no_traffic_for_a_fault(sound: Operator) -> None:
    pipeline, stop = sound.pipeline, Event()
    mileages = {pipeline.create(mileage=0): 0 for _ in range(4)}

    def drive(car_id: str) -> None:
        while not stop.is_set():
            pipeline.put(car_id, mileage=mileages[car_id] + 1)
            mileages[car_id] += 1

    with ThreadPoolExecutor(len(mileages)) as threads:
        driving = [threads.submit(drive, car_id) for car_id in mileages]
        try:
            while min(mileages.values()) < 3 and not any(drive_of_one.done() for drive_of_one in driving):
                sound.output("verify", "--segments", "2")
        finally:
            stop.set()
        for drive_of_one in driving:
            drive_of_one.result()


def test_verify_finds_what_was_changed_behind_the_systems_back(sound: Operator) -> None:
    pipeline = sound.pipeline
    spoilt, hidden, nobody = pipeline.create(), pipeline.create(), str(uuid4())
    pipeline.put(spoilt, color="red")
    (_, good), view = pipeline.commits(spoilt), pipeline.cars.view_table
    key: Any = {"carId": {"S": hidden}}
    eventually(lambda: "Item" in pipeline.dynamodb.get_item(TableName=view, Key=key))
    try:
        bad: Any = {**good, "state": {"M": {**good["state"]["M"], "color": {"S": "white"}}}}
        pipeline.dynamodb.put_item(TableName=pipeline.cars.events_table, Item=bad)
        pipeline.dynamodb.delete_item(TableName=view, Key=key)
        pipeline.dynamodb.put_item(TableName=view, Item={"carId": {"S": nobody}, "version": {"N": "1"}})
        done = sound.run("verify", "--patience", "1")
    finally:
        pipeline.dynamodb.put_item(TableName=pipeline.cars.events_table, Item=good)
        pipeline.dynamodb.delete_item(TableName=view, Key={"carId": {"S": nobody}})
    *faults, summary = done.stdout.splitlines()
    assert set(faults) == {
        f'{spoilt}, version 2: its state is not the fold of the events: color "white" instead of "red"',
        f"{hidden}, version 1: the view does not have it",
        f"{nobody}, version 1: the view has it, but there are no events of it",
    }
    assert " 3 faults, in " in summary
    assert done.returncode == 1
    sound.output("rebuild-view")
    sound.output("verify")
