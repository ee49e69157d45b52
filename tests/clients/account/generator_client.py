"""An account is opened, by the client that openapi-generator generates: generator_client.py URL. Prints its id."""

import sys
from uuid import uuid4

from account_api import (
    AccountBody,
    AccountOpenedEvent,
    AccountsApi,
    ApiClient,
    ChangesApi,
    Configuration,
)

from tests.clients.expecting import expect

BODY = AccountBody(owner=uuid4(), currency="EUR", limit=50_000, nickname="Holidays")


def main(url: str) -> None:
    with ApiClient(Configuration(host=url, access_token="any")) as client:
        account = ChangesApi(client).create_account(BODY, prefer="wait=20")
        assert (account.owner, account.nickname) == (BODY.owner, "Holidays")
        [event] = AccountsApi(client).list_account_events(account.account_id).events
        assert expect(AccountOpenedEvent, event.actual_instance).data.limit == 50_000
    print(account.account_id)


if __name__ == "__main__":
    main(sys.argv[1])
