"""Addresses to documents: the only HTTP in the program.

What a site's robots.txt forbids is not fetched, nor anything inside a private network; whatever answers, or does not,
ends in a document or in an InputError that says what to do. Nothing is asked of archives: where a page is gone, the
message says where a copy may be. The work is done in network/, which is loaded with the first address.
"""

# ruff: noqa: PLC0415 - a run without addresses should not wait for the HTTP libraries to load

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from onrecord.errors import InputError, Outcome
from onrecord.intake.document import Document
from onrecord.intake.network.limits import Limits

if TYPE_CHECKING:
    from onrecord.intake.network.session import Session

__all__ = ["Answer", "Fetcher", "Limits", "RetryLater", "Validators", "archived_copies"]


class RetryLater(InputError):
    """A site that is too busy and says for how long: `retry_after_s` seconds."""

    def __init__(
        self, message: str, *, source: str, outcome: Outcome = Outcome.UNREACHABLE, retry_after_s: float = 0.0
    ) -> None:
        super().__init__(message, source=source, outcome=outcome)
        self.retry_after_s = retry_after_s


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows the version of a page that one has; both none where one has none."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The page, none where it has not changed, and the validators to ask with next time.

    `max_age_s` is for how long the server calls this answer good, none where it does not say.
    """

    document: Document | None
    validators: Validators
    max_age_s: int | None = None


class Fetcher:
    """Fetches, for one run and one thread; a context manager.

    `cache` is the folder of pages fetched before, none for no cache; what it holds is used as HTTP allows, but a page
    that does not say for how long it is good is asked for again. A folder that cannot be used is a UsageError of `get`.
    `allow_private` is True for a network of one's own, or names the hosts that may be private, as "localhost:8000".
    """

    def __init__(
        self,
        *,
        cache: Path | None = None,
        allow_private: bool | frozenset[str] = False,
        limits: Limits = Limits(),  # noqa: B008 - it cannot be changed
    ) -> None:
        self._limits = limits
        self._cache = cache
        self._allow_private = allow_private

    @cached_property
    def _session(self) -> "Session":
        from onrecord.intake.network.session import Session

        return Session(cache=self._cache, allow_private=self._allow_private, limits=self._limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if "_session" in vars(self):
            self._session.close()

    def get(self, address: str) -> Document:
        """The page at an address. Raises InputError."""
        return self._session.get(address)

    def get_if_changed(self, address: str, validators: Validators) -> Answer:
        """The page at an address unless it is the one that was had before; the cache is not asked. Raises InputError.

        For feeds, which are polled: who keeps the validators has had the page.
        """
        return self._session.get_if_changed(address, validators)


def archived_copies(address: str) -> tuple[str, ...]:
    """Where archives list the copies that they may have of a page: addresses for people to open."""
    return (f"https://web.archive.org/web/*/{address}", f"https://archive.today/{address}")
