"""What the record did with an article that was handed to it, or read again, and what it keeps beside one."""

from dataclasses import dataclass
from enum import StrEnum

NOT_STATED = "not stated"


class Stored(StrEnum):
    """With what storing an article ends: a closed set of four.

    A duplicate is an article that the record holds, come from another of its addresses or from another file.
    """

    ADDED = "added"
    NEW_VERSION = "new-version"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"


class Reread(StrEnum):
    """With what reading an article again ends; unchanged is one that somebody else has read or replaced meanwhile."""

    REREAD = "reread"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Beside:
    """What a record keeps beside an article that it did not find out by itself: another record had it.

    `program` is the version that read it, none for the one that is running; `place`, the file that it came from as
    files compare, none where its source tells; `addresses`, all by which it is known besides its own.
    """

    program: str | None = None
    place: str | None = None
    addresses: tuple[str, ...] = ()


NOTHING_BESIDE = Beside()
