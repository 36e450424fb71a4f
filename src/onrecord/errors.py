"""Everything that can go wrong, as one small tree, and the outcomes with which an input can end.

    OnRecordError            base of all; exit code 1
    ├── InputError           one input could not become an article; its `outcome` says why
    ├── UsageError           the call itself is wrong: a bad date, an unknown setting; exit code 2
    ├── ModelError           the model's files are missing, damaged or of another version, or no process can load it
    └── RecordError          the record cannot be opened, read or written

A message says what was wrong, the value cut to 80 characters, what is allowed and what to do next.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

SHOWN_CHARS = 80


class Outcome(StrEnum):
    """With what an input ends: exactly one of these, under which it is counted."""

    READ = "read"
    DUPLICATE = "duplicate"
    NOT_FOUND = "not-found"
    EMPTY = "empty"
    NOT_TEXT = "not-text"
    TOO_LARGE = "too-large"
    BAD_ARTICLE = "bad-article"
    NO_ARTICLE = "no-article"
    UNSUPPORTED_LANGUAGE = "unsupported-language"
    DAMAGED = "damaged"
    FORBIDDEN = "forbidden"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


class OnRecordError(Exception):
    """Base of every error that OnRecord raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(OnRecordError):
    """One input could not become an article; the others are not affected.

    `source` is the path or address of the input, `outcome` the word under which it is counted.
    """

    def __init__(self, message: str, *, source: str, outcome: Outcome = Outcome.FAILED) -> None:
        super().__init__(message)
        self.source = source
        self.outcome = outcome

    def __reduce__(self) -> tuple[Any, ...]:
        """How to pickle it, so that it comes back from a worker process: all but the message is asked for by name."""
        return partial(type(self), source=self.source, outcome=self.outcome), self.args, self.__dict__


class UsageError(OnRecordError):
    """The call itself is wrong; nothing was read."""

    exit_code = 2


class ModelError(OnRecordError):
    """The model's files are missing, damaged or of another version, or no process can load it."""


class RecordError(OnRecordError):
    """The record cannot be opened, read or written."""


@contextmanager
def faults_as_input_errors(source: str) -> Iterator[None]:
    """What nobody foresaw, inside the block, becomes the InputError of this one input, its cause chained.

    The program's one broad except, since a fault in one article must not cost the other thousand.
    """
    try:
        yield
    except OnRecordError:
        raise
    except Exception as error:
        message = f"reading failed on a fault of the program ({type(error).__name__}: {error}); please report it"
        raise InputError(message, source=source) from error


def shown(value: object) -> str:
    """The value as it appears in a message: its repr, cut to 80 characters."""
    text = repr(value)
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"
