"""httpx's transport over guarded connections, which keeps a pause between two requests to one site.

It lies beneath the cache, so that what the cache answers waits for nobody. No proxy from the environment is used: a
proxy resolves names itself, and what it connects to could not be checked.
"""

import time
from collections.abc import Iterator

import httpcore
import httpx

from onrecord.intake.network.guard import Deadline, Guard

PAUSE = "pause_s"


class Line(httpx.BaseTransport):
    """Sends requests; raises httpcore's errors and NotPublic.

    A request's extension "pause_s" is the pause that it keeps from the one before it on the same site (scheme, host
    and port); without it, it neither waits nor is waited for.
    """

    def __init__(self, *, allow_private: bool | frozenset[str]) -> None:
        self.deadline = Deadline()
        self._guard = Guard(self.deadline, allow_private=allow_private)
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        self._last_s: dict[str, float] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the reply's body is still to be read."""
        self._keep_pause(request)
        url = request.url
        place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        reply = self._pool(url.scheme).handle_request(
            httpcore.Request(request.method, place, headers=request.headers.raw, extensions=request.extensions)
        )
        response = httpx.Response(reply.status, headers=reply.headers, stream=_Body(reply), extensions=reply.extensions)
        if not _says_how_long(response.headers):
            # Else the cache would guess, up to a week, and nobody would see what the site corrected.
            response.headers["Cache-Control"] = "no-cache"
        return response

    def close(self) -> None:
        """Close every connection."""
        for pool in self._pools.values():
            pool.close()

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        """The pool of a scheme, made when it is needed: reading all the certificates takes longer than a page."""
        if scheme not in self._pools:
            context = httpx.create_ssl_context() if scheme == "https" else None
            self._pools[scheme] = httpcore.ConnectionPool(ssl_context=context, network_backend=self._guard)
        return self._pools[scheme]

    def _keep_pause(self, request: httpx.Request) -> None:
        pause_s = request.extensions.get(PAUSE)
        if pause_s is None:
            return
        site = site_of(request.url)
        if site in self._last_s:
            self.deadline.wait(self._last_s[site] + pause_s - time.monotonic())
        self._last_s[site] = time.monotonic()


class _Body(httpx.SyncByteStream):
    """The body of a reply of httpcore's, as httpx wants it."""

    def __init__(self, reply: httpcore.Response) -> None:
        self._reply = reply

    def __iter__(self) -> Iterator[bytes]:
        return self._reply.iter_stream()

    def close(self) -> None:
        self._reply.close()


def _says_how_long(headers: httpx.Headers) -> bool:
    """Whether a reply says for how long it is good."""
    stated = headers.get("Cache-Control", "").lower()
    return "Expires" in headers or any(word in stated for word in ("max-age", "no-cache", "no-store"))


def site_of(url: httpx.URL) -> str:
    """What has one robots.txt and one pause: scheme, host and port."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
