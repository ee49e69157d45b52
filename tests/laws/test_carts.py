from tests.laws.carts import CARTS
from trigger_pattern_testing.laws import Laws


class TestCarts(Laws):
    resource = CARTS
