"""Record the golden files again, after a change of bytes that is meant:

export PYTHONPATH=layers/trigger_pattern/src:layers/trigger_pattern/authoring:layers/resources
.venv/bin/python -m tests.golden.record
"""

from tests.golden.recording import AREAS, path_of, text_of
from tests.golden.story import run_story
from tools import environment

if __name__ == "__main__":
    environment.enter()
    areas = run_story()
    for area in AREAS:
        path_of(area).write_text(text_of(areas[area]), encoding="utf-8")
