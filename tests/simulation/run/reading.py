"""What is promised to readers, each as a function whose name is the promise."""

from tests.simulation.run.histories import Commit, Histories, History
from tests.simulation.run.ledger import Ledger
from tests.simulation.run.violation import Violations
from tests.simulation.subject.subject import GONE
from tests.support.http import Answer

FINAL = ("succeeded", "unchanged", "refused")


def a_reader_sees_whole_commits_and_never_goes_back(
    history: History, before: int, answer: Answer, id_name: str
) -> Violations:
    """Reads are strongly consistent: at least what was there before the question, at most what is there after."""
    possible = [version for version in history.versions() if before <= version]
    match answer.status:
        case 200:
            version = int(answer.headers["ETag"].strip('"'))
            body = {name: value for name, value in answer.body.items() if name != id_name}
            if version not in possible:
                yield f"version {version}, which is none of {possible}"
            elif body != history.states[version]:
                yield f"version {version} as {body}, but it is {history.states[version]}"
        case 404 if 0 not in possible:
            yield f"no car, though it had version {before}"
        case 410 if history.states[-1] is not GONE:
            yield "gone, though it is not"
        case 404 | 410:
            pass
        case status if status < 500:
            yield f"status {status}"
        case _:
            pass


def a_status_is_true_and_final(
    histories: Histories, ledger: Ledger, command_id: str, before: str | None, answer: Answer
) -> Violations:
    """A status is what the tables say, and one that had been told as final `before` the question stays."""
    if answer.status >= 500:
        return
    if answer.status == 404:
        yield f"{command_id} is unknown, though it was accepted"
        return
    status = answer.body["status"]
    if before in FINAL and status != before and not ledger.could_not_know(command_id):
        yield f"{command_id} was {before} and is {status}"
    commit = commit_of(histories, ledger.accepted[command_id], command_id)
    if status == "succeeded" and (commit is None or answer.body["version"] != commit.last_version):
        yield f"{command_id} is told to be version {answer.body['version']}, but its commit is {commit}"
    if status in FINAL or ledger.statuses.get(command_id) not in FINAL:
        ledger.statuses[command_id] = status


def a_status_is_returned_as_soon_as_it_is_stored(command_id: str, stored: str | None, answer: Answer) -> Violations:
    """Nobody who asks afterwards is told to wait."""
    if stored and answer.status == 200 and answer.body["status"] == "pending":
        yield f"{command_id} is told to be pending, but was {stored} before the question"


def status_of(histories: Histories, ledger: Ledger, command_id: str) -> str | None:
    """Return the status of a command in the tables; None if there is none."""
    found = commit_of(histories, ledger.accepted[command_id], command_id)
    return "succeeded" if found else ledger.decided.get(command_id)


def commit_of(histories: Histories, aggregate_id: str, command_id: str) -> Commit | None:
    """Find a command's commit."""
    return next((commit for commit in histories.by_id[aggregate_id].commits if commit.command_id == command_id), None)
