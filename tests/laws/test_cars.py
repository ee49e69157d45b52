from resources.cars import CARS
from trigger_pattern_testing.laws import Laws


class TestCars(Laws):
    resource = CARS
