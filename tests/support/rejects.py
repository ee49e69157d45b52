"""Dead letters, in memory."""

from dataclasses import dataclass, field


@dataclass
class MemoryRejects:
    """Implements the port `SetAside`."""

    kept: list[tuple[str, int, str]] = field(default_factory=list[tuple[str, int, str]])

    def set_aside(self, aggregate_id: str, version: int, reason: str) -> None:
        self.kept.append((aggregate_id, version, reason))
