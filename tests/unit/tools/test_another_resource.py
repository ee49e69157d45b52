"""The operator's command line knows no cars: it takes every name from the resource that it is given."""

from uuid import UUID

from examples.accounts.accounts import ACCOUNTS, Account, Closed, Currency, LimitChanged, Opened
from tests.support.commits import commits_of
from tools.ops.history.biography import Biography, biography
from tools.ops.history.narrating import document, lines
from tools.ops.tail import filter_policy, line
from tools.subscriber import Received
from trigger_pattern.aws.dynamodb.commit_item import write_commit

ACCOUNT_ID, OWNER = "01a206e7-d420-7708-b4e8-81bbfc74de67", UUID(int=7)


def life_of(*events: object) -> Biography:
    commits = commits_of(*([event] for event in events), car_id=ACCOUNT_ID, resource=ACCOUNTS)
    return biography(ACCOUNTS, ACCOUNT_ID, [write_commit(ACCOUNTS, commit) for commit in commits], None)


LIFE = life_of(Opened(Account(OWNER, Currency.EUR, limit=1500)), LimitChanged(250))


def test_a_life_is_told_in_the_words_of_the_resource() -> None:
    text = "\n".join(lines(LIFE))
    assert f"     1  Opened            owner {OWNER}, currency EUR, limit 1,500, status active\n" in text
    assert "     2  LimitChanged      limit 1,500 → 250 (-1,250)\n" in text
    assert text.endswith(
        f"At version 2 the account is:\n  owner     {OWNER}\n  currency  EUR\n  limit     250\n  status    active"
    )


def test_a_program_reads_it_by_the_names_of_the_resource() -> None:
    life = document(LIFE)
    assert (life["accountId"], life["account"]["limit"], life["version"]) == (ACCOUNT_ID, 250, 2)
    assert LIFE.faults == []


def test_the_end_of_a_life_is_told_too() -> None:
    ended = life_of(Opened(Account(OWNER, Currency.EUR)), Closed())
    assert "At version 2 the account is deleted. It last was:\n" in "\n".join(lines(ended))
    assert ended.faults == []


def test_events_are_asked_for_by_the_names_of_the_resource() -> None:
    policy = filter_policy(ACCOUNTS, UUID(ACCOUNT_ID), ("LimitChanged",), {"currency": "EUR"})
    assert policy == {"accountId": [ACCOUNT_ID], "type": ["LimitChanged"], "currency": ["EUR"]}


def test_an_event_is_shown_with_its_version() -> None:
    raised = {
        "time": "now",
        "subject": ACCOUNT_ID,
        "accountversion": 2,
        "type": "LimitChanged",
        "data": {"limit": 2500},
    }
    assert line(ACCOUNTS, Received(raised, {}, "")) == f"now  {ACCOUNT_ID}     2  LimitChanged      limit 2,500"
