"""What a user may set from outside, once for the whole program.

`main()` builds one `Settings` from the environment and hands it to the commands; nothing else reads ONRECORD_*
variables. A key that nobody knows is an error, since a misspelt setting would otherwise be ignored in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError, shown

PREFIX = "ONRECORD_"
KNOWN = ("ONRECORD_MODEL", "ONRECORD_RECORD", "ONRECORD_THREADS")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings: `model`, a folder, none for the one in the wheel; `threads`, 0 for onnxruntime's own choice."""

    model: Path | None = None
    threads: int = 0

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that the ONRECORD_* variables give. Raises UsageError for an unknown key or a bad value."""
        given = {key: value for key, value in environment.items() if key.startswith(PREFIX)}
        for key in sorted(given.keys() - set(KNOWN)):
            raise UsageError(f"unknown setting {shown(key)}; known are {', '.join(KNOWN)}; unset it")
        for key, value in given.items():
            if not value.strip():
                raise UsageError(f"{key} is empty; give it a value or unset it")
        return cls(
            model=Path(given["ONRECORD_MODEL"]) if "ONRECORD_MODEL" in given else None,
            threads=_threads(given.get("ONRECORD_THREADS", "0")),
        )


def _threads(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise UsageError(f"ONRECORD_THREADS is {shown(value)}; it must be a whole number, 0 for onnxruntime's choice")
    return int(value)
