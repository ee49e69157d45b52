import pytest

from tests.simulation.world.clock import Clock, Skewed
from tests.simulation.world.dice import Dice
from tests.support.cars import NOW


def draws(dice: Dice, what: str = "rain", count: int = 200) -> list[bool]:
    return [dice.chance(what, 0.1) for _ in range(count)]


def test_a_seed_always_draws_the_same() -> None:
    assert draws(Dice(1)) == draws(Dice(1)) != draws(Dice(2))


def test_a_seed_draws_the_same_on_every_machine() -> None:
    dice = Dice(7)
    assert [dice.bits("rain", 32) for _ in range(3)] == [4_170_657_447, 1_018_388_717, 1_872_567_594]
    assert Dice("a").bits("rain", 32) == 4_006_823_704


def test_a_chance_comes_to_pass_about_as_often_as_it_says() -> None:
    assert 160 < sum(draws(Dice(1), count=2_000)) < 240


def test_names_draw_independently() -> None:
    disturbed = Dice(1)
    draws(disturbed, "snow")
    assert draws(disturbed) == draws(Dice(1))


def test_one_thing_can_be_left_out_of_a_story_and_the_rest_stays() -> None:
    whole = Dice(1)
    happened = draws(whole)
    shorter = Dice(1, without=frozenset({whole.story[1].key}))
    left = draws(shorter)
    assert sum(left) == sum(happened) - 1
    assert [chosen.key for chosen in shorter.story] == [chosen.key for i, chosen in enumerate(whole.story) if i != 1]


def test_a_story_tells_what_came_to_pass_and_when() -> None:
    clock = Clock()
    dice = Dice(1, clock)
    dice.chance("never", 0.0)
    dice.chance("certain", 1.0)
    clock.advance(2)
    dice.chance("certain", 1.0)
    assert [(chosen.what, chosen.number, chosen.at - clock.now) for chosen in dice.story] == [
        ("certain", 0, -2),
        ("certain", 1, 0),
    ]
    assert dice.taken["certain"] == 2
    assert dice.tell()[1] == "+2.000 s  certain   ('certain', 1)"


def test_while_quiet_nothing_comes_to_pass_and_order_is_kept() -> None:
    dice = Dice(1, quiet=True)
    assert not dice.chance("certain", 1.0)
    assert dice.shuffled("order", [1, 2, 3]) == [1, 2, 3]
    assert dice.pick("one of", [1, 2, 3]) == 1


def test_shuffling_loses_nothing() -> None:
    orders = {tuple(Dice(seed).shuffled("order", [1, 2, 3])) for seed in range(50)}
    assert len(orders) == 6


def test_time_passes_only_when_told_to() -> None:
    clock = Clock()
    assert clock.datetime() == NOW
    clock.advance(0.25)
    clock.advance_to(clock.now - 100)
    assert (clock.datetime() - NOW).total_seconds() == 0.25
    with pytest.raises(ValueError, match="back"):
        clock.advance(-1)


def test_a_moment_is_reached_however_close_it_is() -> None:
    clock = Clock()
    moment = clock.now + 0.000_000_3
    clock.advance_to(moment)
    assert clock.now >= moment


def test_a_skewed_clock_is_off_and_gives_whole_milliseconds() -> None:
    clock = Clock()
    clock.advance(0.001_999)
    assert (Skewed(clock, -7).now() - NOW).total_seconds() == -6.999
