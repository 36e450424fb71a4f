"""One request and one reply: sent through cache and line, its body unpacked, every failure told as an InputError.

Nothing is decided here about redirects, robots.txt or what a status means.
"""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from pathlib import Path

import hishel
import httpcore
import httpx
from hishel.httpx import CacheTransport

from onrecord.errors import InputError, Outcome, UsageError, shown
from onrecord.intake.network.codings import ASKED_FOR, BadCoding, unpacked
from onrecord.intake.network.guard import NotPublic
from onrecord.intake.network.limits import Limits
from onrecord.intake.network.line import PAUSE, Line

PROGRAM = "OnRecord"
_PAGE_STATUSES = (200, 203)
_REDIRECTS = (301, 302, 303, 307, 308)
# Pages from private addresses are kept apart: they must not come to light where those are not allowed.
_CACHE_FILE = "pages.db"
_PRIVATE_CACHE_FILE = "private-pages.db"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is wanted of one address, the same at each hop of a redirect; `source` is the address as it was asked for.

    `conditions` are request headers. Cookies live no longer than the errand: some sites lead in circles without them.
    A body of more than `max_bytes` is refused, or `cut` to them. `kept_s` bounds how long the cache may keep a reply,
    whatever that says.
    """

    source: str
    max_bytes: int
    conditions: Mapping[str, str] = field(default_factory=dict)
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    cached: bool = True
    cut: bool = False
    kept_s: float | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `body` is unpacked, and empty unless this is a page; `fetched`, with its zone."""

    status: int
    url: httpx.URL
    headers: httpx.Headers
    body: bytes
    charset: str | None
    fetched: datetime

    @property
    def is_page(self) -> bool:
        """Whether the status says that a page came, and all of it."""
        return self.status in _PAGE_STATUSES

    @property
    def location(self) -> str | None:
        """Where it redirects to, if it does."""
        return self.headers.get("Location") if self.status in _REDIRECTS else None


class Wire:
    """Sends requests and takes in replies, one at a time; `cache` is a folder, made when it is used, none for none."""

    def __init__(self, *, limits: Limits, cache: Path | None, allow_private: bool | frozenset[str]) -> None:
        self._limits = limits
        self._line = Line(allow_private=allow_private)
        self.deadline = self._line.deadline
        self._cache_file = cache and cache / (_PRIVATE_CACHE_FILE if allow_private else _CACHE_FILE)
        self._storage: hishel.SqliteStorage | None = None

    def close(self) -> None:
        """Close the cache and every connection."""
        self._line.close()
        if self._storage is not None:
            self._storage.close()

    def send(self, url: httpx.URL, errand: Errand, *, pause_s: float | None = None) -> Reply:
        """The reply to one GET; `pause_s` lies between it and the one before it on the same site.

        Raises InputError, and UsageError where the cache cannot be used.
        """
        request = httpx.Request("GET", url, headers=_headers(errand), extensions=self._extensions(errand, url))
        if pause_s is not None:
            request.extensions[PAUSE] = pause_s
        errand.cookies.set_cookie_header(request)
        transport = self._transport(errand)
        with self._failures(url, source=errand.source):
            response = transport.handle_request(request)
            with closing(response):
                response.request = request
                errand.cookies.extract_cookies(response)
                return self._reply(response, errand)

    def _transport(self, errand: Errand) -> httpx.BaseTransport:
        if self._cache_file is None or not errand.cached:
            return self._line
        if self._storage is None:
            self._storage = _opened(self._cache_file)
        return CacheTransport(self._line, storage=self._storage, rfc=hishel.CacheOptions(shared=False))

    def _extensions(self, errand: Errand, url: httpx.URL) -> dict[str, object]:
        timeout = httpx.Timeout(self._limits.read_s, connect=self._limits.connect_s)
        return {"timeout": timeout.as_dict(), "caching": {"key": str(url), "ttl": errand.kept_s}}

    def _reply(self, response: httpx.Response, errand: Errand) -> Reply:
        body = b""
        if response.status_code in _PAGE_STATUSES:
            try:
                body = _body(response, errand)
            except (BadCoding, httpcore.ProtocolError, httpcore.NetworkError) as error:
                self._forget(response.request.url)
                host = response.request.url.netloc.decode("ascii")
                raise InputError(
                    f"what {host} sent is damaged: {error}; try again", source=errand.source, outcome=Outcome.DAMAGED
                ) from error
        return Reply(
            status=response.status_code,
            url=response.request.url,
            headers=response.headers,
            body=body,
            charset=response.charset_encoding,
            fetched=_fetched(response),
        )

    def _forget(self, url: httpx.URL) -> None:
        """Take out of the cache what only turned out to be damaged once it was there."""
        if self._storage is not None:
            for entry in self._storage.get_entries(str(url)):
                self._storage.remove_entry(entry.id)

    @contextmanager
    def _failures(self, url: httpx.URL, *, source: str) -> Iterator[None]:
        """Whatever keeps a reply from coming becomes an InputError that says which host it was."""
        try:
            yield
        except (NotPublic, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError) as error:
            outcome = Outcome.FORBIDDEN if isinstance(error, NotPublic) else Outcome.UNREACHABLE
            message = self._told(error, host=url.netloc.decode("ascii"))
            raise InputError(message, source=source, outcome=outcome) from error

    def _told(self, error: Exception, *, host: str) -> str:
        match error:
            case NotPublic():
                return f"{error}; if it is a server of your own, allow private addresses (--allow-private)"
            case httpcore.TimeoutException() if self.deadline.is_over:
                return f"{host} took longer than {self._limits.total_s:g} s in all; try again later"
            case httpcore.ConnectTimeout():
                return f"{host} took no connection for {self._limits.connect_s:g} s; try again later"
            case httpcore.TimeoutException():
                return f"{host} was silent for {self._limits.read_s:g} s; try again later"
            case httpcore.ConnectError():
                return f"cannot connect to {host}: {error}; check the address, or try again later"
            case _:
                return f"no proper answer from {host}: {str(error).rstrip('.')}; try again later"


def user_agent() -> str:
    """How the program names itself to every server."""
    return f"{PROGRAM}/{version('onrecord')} (reads news reports for quotations)"


def _headers(errand: Errand) -> dict[str, str]:
    return {
        "User-Agent": user_agent(),
        "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
        "Accept-Language": "en, *;q=0.5",
        "Accept-Encoding": ASKED_FOR,
        **errand.conditions,
    }


def _opened(file: Path) -> hishel.SqliteStorage:
    """The cache in a file, which is made with its folder. Raises UsageError where it cannot be used."""
    storage = hishel.SqliteStorage(database_path=file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        storage.get_entries("")  # opens it, which fails here if it is another program's, or another version's
    except (OSError, RuntimeError) as error:
        raise UsageError(
            f"the cache {shown(str(file))} cannot be used ({error}); delete it, or name another folder"
        ) from error
    return storage


def _body(response: httpx.Response, errand: Errand) -> bytes:
    """The body, unpacked. Raises BadCoding, httpcore's errors, and InputError where it is too large."""
    stated = response.headers.get("Content-Length", "")
    too_large = stated.isdecimal() and int(stated) > errand.max_bytes
    body = bytearray()
    if errand.cut or not too_large:
        for piece in unpacked(response.iter_raw(), coding=response.headers.get("Content-Encoding", "")):
            body += piece
            too_large = len(body) > errand.max_bytes
            if too_large:
                break
    if too_large and not errand.cut:
        raise InputError(
            f"larger than {errand.max_bytes:,} bytes, the limit for one page; if it is one, save it as a file",
            source=errand.source,
            outcome=Outcome.TOO_LARGE,
        )
    return bytes(body[: errand.max_bytes])


def _fetched(response: httpx.Response) -> datetime:
    """When the reply came from the network: now, or for one out of the cache when its server last confirmed it."""
    now = datetime.now(UTC)
    from_cache = response.extensions.get("caching", {}).get("from_cache", False)
    stated = http_date(response.headers.get("Date", "")) if from_cache else None
    return min(now, stated or now)


def http_date(text: str) -> datetime | None:
    """The moment that a header states, with its zone; none where it is no date."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
