"""The codecs of texts in JSON: free text, texts of a form, UUIDs, dates and times."""

import re
from datetime import UTC, date, datetime, time
from uuid import UUID

from trigger_pattern.definition.codecs import BLANKS, Codec, Json, is_ascii, word
from trigger_pattern.definition.fields import Length, Pattern
from trigger_pattern.definition.reasons import expected

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def text(length: Length) -> Codec:
    """Return the codec of free text, without control characters except line breaks and tabs."""

    def read(value: Json) -> str:
        given = value.strip(BLANKS) if isinstance(value, str) else ""
        if isinstance(value, str) and length.least <= len(given) <= length.most and _is_writable(given):
            return given
        raise expected(f"{length.least} to {length.most} characters, none of them a control character")

    schema = {"type": "string", "minLength": length.least, "maxLength": length.most}
    return Codec(read, str, schema, schema, 4 * length.most + 2)


def _is_writable(given: str) -> bool:
    """Return whether a text has no control character, and no half of a surrogate pair, which UTF-8 cannot encode."""
    return not _UNWRITABLE.search(given)


def formed(pattern: Pattern, length: Length) -> Codec:
    """Return the codec of texts of a form."""
    form = re.compile(pattern.pattern, re.ASCII)

    def read(value: Json) -> str:
        if is_ascii(value) and length.least <= len(word(value)) <= length.most and form.fullmatch(word(value)):
            return word(value)
        raise expected(pattern.says)

    schema = {"type": "string", "maxLength": length.most, "pattern": f"^(?:{pattern.pattern})$"}
    return Codec(read, str, schema, schema, length.most + 2)


def uuid() -> Codec:
    """Return the codec of UUIDs in 36 characters (RFC 9562, section 4), in either case, except the nil UUID."""
    schema = {"type": "string", "format": "uuid"}
    stores = {**schema, "pattern": f"^{_UUID.pattern}$", "not": {"const": str(UUID(int=0))}}
    return Codec(read_uuid, str, schema, stores, 38)


def read_uuid(value: Json) -> UUID:
    """Return a UUID. Raises Invalid."""
    given = word(value)
    if _UUID.fullmatch(given.lower()) and UUID(given).int:
        return UUID(given)
    raise expected("a UUID other than the nil UUID")


def day() -> Codec:
    """Return the codec of dates (RFC 3339, full-date)."""

    def read(value: Json) -> date:
        given = word(value)
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given):
                return date.fromisoformat(given)
        except ValueError:
            pass
        raise expected("a date, such as 2026-11-30")

    schema = {"type": "string", "format": "date"}
    return Codec(read, date.isoformat, schema, schema, 12)


def time_of_day() -> Codec:
    """Return the codec of times of day without an offset (RFC 3339, partial-time); requests may leave out the seconds.

    JSON Schema's format `time` demands an offset, so the schemas have a pattern.
    """

    def read(value: Json) -> time:
        given = word(value)
        if _TIME_OF_DAY.fullmatch(given):
            return time.fromisoformat(given)
        raise expected("a time of day, such as 09:30 or 09:30:00")

    accepts = {"type": "string", "pattern": f"^{_TIME_OF_DAY.pattern}$"}
    stores = {"type": "string", "pattern": f"^{_TIME_OF_DAY.pattern.removesuffix('?')}$"}
    return Codec(read, lambda value: value.isoformat("seconds"), accepts, stores, 10)


def moment() -> Codec:
    """Return the codec of times with an offset (RFC 3339, date-time), kept in UTC in whole milliseconds."""

    def read(value: Json) -> datetime:
        given = word(value).upper()
        try:
            if _TIME.fullmatch(given):
                moment = datetime.fromisoformat(given).astimezone(UTC)
                return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
        except (ValueError, OverflowError):
            pass
        raise expected("a time with its offset, such as 2026-11-30T12:00:00Z")

    def write(value: datetime) -> str:
        return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    schema = {"type": "string", "format": "date-time"}
    return Codec(read, write, schema, schema, 26)
