"""Every byte that is answered, stored and published is as recorded in the files beside this one."""

import pytest

from tests.golden.recording import AREAS, FOLDER, Steps, differences
from tests.golden.story import run_story

ADVICE = """
These bytes are a contract with clients, subscribers and stored data. Look at each difference first.
If the change is meant, record them again, and commit the files with it:

    export PYTHONPATH=layers/trigger_pattern/src:layers/trigger_pattern/authoring:layers/resources
    .venv/bin/python -m tests.golden.record
"""


@pytest.fixture(scope="module")
def areas() -> dict[str, Steps]:
    return run_story()


@pytest.mark.parametrize("area", AREAS)
def test_every_byte_is_as_recorded(areas: dict[str, Steps], area: str) -> None:
    if found := differences(area, areas[area]):
        pytest.fail(f"{found}\n{ADVICE}", pytrace=False)


def test_there_are_no_other_files() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {f"{area}.json" for area in AREAS}
