"""Parameters of paths and queries; their faults are collected."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from trigger_pattern.application.clock import in_utc
from trigger_pattern.definition.codecs import Codec
from trigger_pattern.definition.reasons import Invalid, pointer_to
from trigger_pattern.definition.resource import AnyResource
from trigger_pattern.definition.texts import read_uuid
from trigger_pattern.http.exchange import Fault, Request

_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2})(?:\.(\d{1,30}))?(?:([Zz])|([+ -])(\d{2}:\d{2}))", re.ASCII
)
"""RFC 3339, section 5.6. A `+` that was not encoded arrives as a blank."""

MAX_VERSION: Final = 9_999_999_999
"""Ten digits, as many as a published event's `sequence` has."""

NO_SUCH_PARAMETER: Final = "There is no such parameter here."

MAX_PAGE: Final = 100
DEFAULT_PAGE: Final = 50


@dataclass
class Parameters:
    """Reads a request's parameters. `faults` collects the faults of those that were read."""

    request: Request
    faults: list[Fault] = field(default_factory=list[Fault])

    def id(self, resource: AnyResource) -> str:
        """Return the id in the path."""
        return self._uuid("id", resource.id)

    def command_id(self) -> str:
        """Return the command's id in the path."""
        return self._uuid("commandId", "commandId")

    def number(self, name: str, least: int, most: int, default: int) -> int:
        """Return a whole number of the query, in digits of ASCII."""
        text = self.request.query.get(name)
        if text is None:
            return default
        if re.fullmatch(r"[+-]?[0-9]{1,20}", text.strip(" "), re.ASCII) and least <= int(text) <= most:
            return int(text)
        self.wrong(name, f"Expected a whole number from {least} to {most}.")
        return default

    def moment(self, name: str) -> datetime | None:
        """Return a time of the query, truncated to milliseconds, as times are stored."""
        text = self.request.query.get(name)
        if text is None:
            return None
        try:
            return _moment(text)
        except ValueError:
            self.wrong(name, "Expected a time with its offset, such as 2026-11-01T00:00:00Z.")
            return None

    def value(self, name: str, codec: Codec) -> Any:  # noqa: ANN401 - of the codec's type
        """Return a value of the query, read by a codec; None if it is missing or invalid."""
        if name not in self.request.query:
            return None
        try:
            return codec.read(self.request.query[name])
        except Invalid as invalid:
            self.faults += [Fault(fault.code, fault.detail, parameter=name) for fault in invalid.faults]
            return None

    def no_others(self, known: Collection[str]) -> None:
        """Add a fault for each unknown parameter, so that a misspelt one is not ignored."""
        for name in sorted(self.request.query.keys() - {*known}):
            self.faults.append(Fault("unknown-parameter", NO_SUCH_PARAMETER, parameter=pointer_to(name)[1:]))

    def wrong(self, name: str, detail: str) -> None:
        """Add the fault of a parameter that is not as expected."""
        self.faults.append(Fault("invalid-value", detail, parameter=name))

    def _uuid(self, name: str, shown: str) -> str:
        """Return a UUID of the path, where no blank may stand around it."""
        text = self.request.path_parameters.get(name, "")
        try:
            return str(read_uuid(text if text == text.strip() else ""))
        except Invalid as invalid:
            self.wrong(shown, invalid.faults[0].detail)
            return ""


def _moment(text: str) -> datetime:
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError(text)
    second, fraction, utc, sign, offset = found.groups()
    milliseconds = f"{(fraction or '')[:3]:0<3}"
    zone = "+00:00" if utc else f"{sign.replace(' ', '+')}{offset}"
    return in_utc(datetime.fromisoformat(f"{second}.{milliseconds}{zone}"))
