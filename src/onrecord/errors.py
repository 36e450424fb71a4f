"""Everything that can go wrong, as one small tree.

    OnRecordError            base of all; exit code 1
    ├── InputError           one input could not become an article
    │   ├── InputNotFound    no such file, or it may not be read
    │   ├── EmptyInput       nothing to read in it
    │   ├── NotText          bytes that are no UTF-8 text
    │   ├── InputTooLarge    more than the limit
    │   ├── BadArticle       a JSON line that is not an article
    │   └── ReadingFailed    a fault of the program while it read this one
    ├── UsageError           the call itself is wrong: a bad date, an unknown setting; exit code 2
    └── ModelError           the model's files are missing, damaged or of another version

A message says what was wrong, the value cut to 80 characters, what is allowed and what to do next.
An `InputError` also bears a `source`, the path or address of the input, and an `outcome`, the word under which it is
counted.
"""

from functools import partial
from typing import Any, ClassVar

SHOWN_CHARS = 80


class OnRecordError(Exception):
    """Base of every error that OnRecord raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(OnRecordError):
    """One input could not become an article; the others are not affected."""

    outcome: ClassVar[str] = "failed"

    def __init__(self, message: str, *, source: str) -> None:
        super().__init__(message)
        self.source = source

    def __reduce__(self) -> tuple[Any, ...]:
        """How to pickle it, so that it comes back from a worker process: `source` is asked for by name."""
        return partial(type(self), source=self.source), self.args, self.__dict__


class InputNotFound(InputError):
    """There is no such file, or it may not be read."""

    outcome = "not-found"


class EmptyInput(InputError):
    """The input holds no words."""

    outcome = "empty"


class NotText(InputError):
    """The input's bytes are no UTF-8 text."""

    outcome = "not-text"


class InputTooLarge(InputError):
    """The input is larger than the limit."""

    outcome = "too-large"


class BadArticle(InputError):
    """A line of a JSON Lines file is not an article."""

    outcome = "bad-article"


class ReadingFailed(InputError):
    """The program failed on this article in a way that nobody foresaw; the cause is chained."""

    outcome = "failed"


class UsageError(OnRecordError):
    """The call itself is wrong; nothing was read."""

    exit_code = 2


class ModelError(OnRecordError):
    """The model's files are missing, damaged or of another version."""


def shown(value: object) -> str:
    """The value as it appears in a message: its repr, cut to 80 characters."""
    text = repr(value)
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"
