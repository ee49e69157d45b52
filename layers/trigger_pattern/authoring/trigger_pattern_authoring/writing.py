"""Files written all together, or not at all."""

from collections.abc import Mapping
from pathlib import Path


def write_all(texts: Mapping[Path, str]) -> None:
    """Write each file. If one cannot be written, the others are again as they were, and OSError is raised."""
    before = {file: file.read_bytes() if file.exists() else None for file in texts}
    try:
        for file, text in texts.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    except BaseException:
        for file, content in before.items():
            _restore(file, content)
        raise


def _restore(file: Path, content: bytes | None) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        file.write_bytes(content)
