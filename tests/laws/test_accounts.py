from examples.accounts.accounts import ACCOUNTS
from trigger_pattern_testing.laws import Laws


class TestAccounts(Laws):
    resource = ACCOUNTS
