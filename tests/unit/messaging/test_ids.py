"""Identifiers that carry their time: RFC 9562, section 5.7."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid1, uuid4

from hypothesis import example, given
from hypothesis import strategies as st

from tests.support.cars import NOW
from trigger_pattern.application.ids import new_id, time_of

times = st.datetimes(datetime(1970, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - as it asks
milliseconds = times.map(lambda time: time.replace(microsecond=time.microsecond // 1000 * 1000))
randomness = st.integers(0, 2**74 - 1)


@given(times, randomness)
def test_an_id_is_a_uuid_of_version_7(time: datetime, bits: int) -> None:
    made = new_id(time, lambda _: bits)
    assert UUID(made).version == 7
    assert str(UUID(made)) == made


@given(milliseconds, randomness)
def test_an_id_tells_its_time_to_the_millisecond(time: datetime, bits: int) -> None:
    assert time_of(new_id(time, lambda _: bits)) == time


@given(times, times, randomness, randomness)
def test_ids_order_as_their_times_do(one: datetime, other: datetime, one_bits: int, other_bits: int) -> None:
    earlier, later = sorted([one, other])
    if later - earlier >= timedelta(milliseconds=1):
        assert new_id(earlier, lambda _: one_bits) < new_id(later, lambda _: other_bits)


@given(randomness, randomness)
def test_ids_of_one_moment_differ_as_their_randomness_does(one: int, other: int) -> None:
    assert (new_id(NOW, lambda _: one) == new_id(NOW, lambda _: other)) == (one == other)


def test_all_of_74_bits_are_asked_for() -> None:
    most = new_id(NOW, lambda bits: (1 << bits) - 1)
    assert UUID(most).int & (1 << 80) - 1 == 0x7FFF_BFFF_FFFF_FFFF_FFFF


@given(st.uuids())
@example(UUID("ffffffff-ffff-7fff-bfff-ffffffffffff"))  # of the year 10889, which is no datetime
@example(UUID("00000000-0000-7000-8000-000000000000"))
def test_any_uuid_can_be_asked_for_its_time(uuid: UUID) -> None:
    assert time_of(str(uuid)) is None or uuid.version == 7


def test_other_versions_tell_no_time() -> None:
    assert time_of(str(uuid4())) is None
    assert time_of(str(uuid1())) is None
