"""What stands before every request: whose it may be, how large and how often, and what the browser may do with answers.

Plain ASGI, so that nothing is read that is refused. A page runs no script but ours, loads nothing from other hosts, and
stands in no other page.
"""

from http import HTTPStatus
from urllib.parse import urlsplit

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import shown
from onrecord.web.failures import refusal
from onrecord.web.held import Serving

_READING = ("GET", "HEAD", "OPTIONS")
_TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
# Nothing but our own style sheet, script and answers; no other page may show ours in a frame.
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """Lets through what may come, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, serving: Serving) -> None:
        self._app = app
        self._serving = serving
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._often = RateLimitItemPerMinute(serving.requests_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sending = _with_headers(send)
        refused = self._refused(scope)
        if refused is not None:
            await refused(scope, receive, sending)
            return
        await self._app(scope, _measured(receive, self._serving.max_body), sending)

    def _refused(self, scope: Scope) -> Response | None:
        """The answer to a request that may not come; none if it may."""
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1")
        if not self._serving.is_host(host):
            message = f"this server does not answer for {shown(host)}; start it with --host to have it do so"
            return refusal(scope["path"], HTTPStatus.MISDIRECTED_REQUEST, message)
        origin = headers.get(b"origin", b"").decode("latin-1")
        if scope["method"] not in _READING and origin and urlsplit(origin).netloc != host:
            return refusal(scope["path"], HTTPStatus.FORBIDDEN, "another site asks for this; do it on this one's pages")
        client = (scope.get("client") or ("", 0))[0]
        if not self._limiter.hit(self._often, client):
            message = f"more than {self._serving.requests_per_minute} requests in a minute; wait a little"
            return refusal(scope["path"], HTTPStatus.TOO_MANY_REQUESTS, message, headers={"retry-after": "10"})
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > self._serving.max_body:
            return refusal(scope["path"], _TOO_LARGE, _too_large(self._serving.max_body))
        return None


def _too_large(at_most: int) -> str:
    return f"more than {at_most // 1000} kB at once are not taken; send less, or add it with `onrecord add`"


def _measured(receive: Receive, at_most: int) -> Receive:
    """What comes, as long as it is not too much: a length may not have been told. Raises HTTPException."""
    taken = 0

    async def measured() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > at_most:
            raise HTTPException(_TOO_LARGE, _too_large(at_most))
        return message

    return measured


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(one for one in _HEADERS if one[0] not in given)]
        await send(message)

    return sending
