"""What the record did with an article that was handed to it: a closed set of four."""

from enum import StrEnum


class Stored(StrEnum):
    """With what storing an article ends.

    A duplicate is an article that the record holds, come from another of its addresses or from another file.
    """

    ADDED = "added"
    NEW_VERSION = "new-version"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
