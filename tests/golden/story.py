"""The story: every kind of request, message and item, told to the real functions at fixed times."""

from moto import mock_aws

from tests.golden import conditions, dead_letters, failures, invalid, keys, lists, lives, reads, refusals
from tests.golden.names import names_of_the_template
from tests.golden.recording import Steps
from tests.golden.surroundings import environment
from tests.golden.system import System
from tests.support.aws import make_clients


def run_story() -> dict[str, Steps]:
    """Return what each step left, by area. The chapters share one system, so their order counts."""
    with environment(), mock_aws():
        system = System.over(make_clients())
        for name, value in names_of_the_template().items():
            system.recording.keep("names", name, value)
        car_id = lives.tell(system)
        refusals.tell(system, car_id)
        conditions.tell(system, car_id)
        keys.tell(system, car_id)
        reads.tell(system, car_id)
        lists.tell(system)
        invalid.tell(system, car_id)
        dead_letters.tell(system, car_id)
        reads.tell_of_batches(system, car_id)
        system.check()
        failures.tell(system, car_id)
        return system.recording.areas
