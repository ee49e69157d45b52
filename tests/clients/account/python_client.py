"""An account is opened, by the client that openapi-python-client generates: python_client.py URL. Prints its id."""

import sys
from uuid import uuid4

import httpx
from account_client import AuthenticatedClient
from account_client.api.accounts import list_account_events
from account_client.api.changes import create_account
from account_client.models import Account, AccountBody, AccountBodyCurrency, AccountEventPage, AccountOpenedEvent

from tests.clients.expecting import PATIENCE, expect

BODY = AccountBody(owner=uuid4(), currency=AccountBodyCurrency.EUR, limit=50_000, nickname="Holidays")


def main(url: str) -> None:
    with AuthenticatedClient(url, token="any", timeout=httpx.Timeout(PATIENCE)) as client:
        account = expect(Account, create_account.sync(client=client, body=BODY, prefer="wait=20"))
        assert (account.owner, account.nickname) == (BODY.owner, "Holidays")
        [event] = expect(AccountEventPage, list_account_events.sync(account.account_id, client=client)).events
        assert expect(AccountOpenedEvent, event).data.limit == 50_000
    print(account.account_id)


if __name__ == "__main__":
    main(sys.argv[1])
