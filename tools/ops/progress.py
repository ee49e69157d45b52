"""A progress bar with rate and time left, on standard error."""

from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(ProgressColumn):
    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """Return the rate since the start: work that comes in pages has no steadier one."""
        return Text(f"{task.completed / (task.elapsed or 1):,.0f} {self._unit}/s")


class Bar:
    """A running bar. Its methods may be called from any thread."""

    def __init__(self, progress: Progress, title: str, expected: int | None) -> None:
        self._progress = progress
        self._expected = expected
        self._task = progress.add_task(title, total=expected)

    def advance(self, count: int) -> None:
        """Note progress; beyond what was expected there is no more telling how long it takes."""
        self._progress.advance(self._task, count)
        done = self._progress.tasks[self._task].completed
        if self._expected is not None and done > self._expected:
            self._progress.update(self._task, total=None)

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def complete(self) -> None:
        """Fill the bar: all is done, however much was expected."""
        self._progress.update(self._task, total=self._progress.tasks[self._task].completed)


@contextmanager
def bar(title: str, unit: str, expected: int | None) -> Generator[Bar]:
    """Show a bar of so many expected units; None where nobody knows."""
    columns = (
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.completed:,.0f} " + unit), _Rate(unit),
        TextColumn("in"), TimeElapsedColumn(), TextColumn("left:"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield Bar(progress, title, expected)
