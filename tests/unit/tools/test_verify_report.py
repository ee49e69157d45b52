"""What `ops … verify` tells of the faults that it finds."""

from tools.ops.history.life import Fault
from tools.ops.verify.command import MOST_SHOWN, Report


def test_the_first_faults_are_told_and_all_are_counted() -> None:
    told: list[str] = []
    report = Report(told.append)
    for version in range(MOST_SHOWN + 5):
        report.fault(Fault("car", version, "wrong"))
    assert (report.count, len(report.first), len(told)) == (MOST_SHOWN + 5, MOST_SHOWN, MOST_SHOWN)
    assert told[:2] == ["car, version 0: wrong", "car, version 1: wrong"]


def test_a_fault_is_one_line_whatever_is_in_it() -> None:
    told: list[str] = []
    Report(told.append).fault(Fault("car", 1, "data\n\x1b[2J"))
    assert told == ["car, version 1: data\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}[2J"]
