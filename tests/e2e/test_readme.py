"""What the README and its pages show works."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support.pipeline import Pipeline

PAGE = Path(__file__).parents[2] / "docs" / "api.md"


def test_the_python_example_runs_and_prints_what_the_page_says(pipeline: Pipeline) -> None:
    example = re.search(r"```python\n(.*?)```\s+```\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert example
    code, output = example.groups()
    environment = {**os.environ, "API": pipeline.stack.api_url}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (output, "")
