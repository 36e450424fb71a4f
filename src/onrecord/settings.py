"""What a user may set from outside, once for the whole program.

`main()` builds one `Settings` from the environment and hands it to the commands; nothing else reads ONRECORD_*
variables. A key that nobody knows is an error, since a misspelt setting would otherwise be ignored in silence.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError, shown

PREFIX = "ONRECORD_"
KNOWN = ("ONRECORD_CACHE", "ONRECORD_MODEL", "ONRECORD_RECORD", "ONRECORD_THREADS")
DEFAULT_RECORD = "onrecord.db"
CACHE_FOLDER = "onrecord"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings.

    `model`, a folder, none for the one in the wheel; `threads`, 0 for onnxruntime's own choice; `record`, the record's
    file or address; `cache`, the folder for pages that were fetched, none to keep none.
    """

    model: Path | None = None
    threads: int = 0
    record: str = DEFAULT_RECORD
    cache: Path | None = None

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
            record=given.get("ONRECORD_RECORD", DEFAULT_RECORD),
            cache=Path(given["ONRECORD_CACHE"]) if "ONRECORD_CACHE" in given else cache_folder(environment),
        )


def cache_folder(environment: Mapping[str, str], *, platform: str = sys.platform) -> Path | None:
    """Where this platform wants a program's cache; none where the environment names no home. Nothing is made there."""
    home = environment.get("HOME")
    if platform == "win32":
        base = environment.get("LOCALAPPDATA")
    elif platform == "darwin":
        base = home and f"{home}/Library/Caches"
    else:
        # A relative path there is to be ignored, says the XDG Base Directory Specification.
        stated = environment.get("XDG_CACHE_HOME", "")
        base = stated if stated.startswith("/") else home and f"{home}/.cache"
    return Path(base) / CACHE_FOLDER if base else None


def _threads(value: str) -> int:
    if not (value.isascii() and value.isdigit()):
        raise UsageError(f"ONRECORD_THREADS is {shown(value)}; it must be a whole number, 0 for onnxruntime's choice")
    return int(value)
