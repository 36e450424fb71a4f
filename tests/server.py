"""A real HTTP server on this machine that does as a test tells it, misbehaviour included.

    with Server() as server:
        server.answer("/harbour", page(b"<p>The harbour is open.</p>", etag='"1"'))
        ... server.at("/harbour") ... server.requests("/harbour")

A path answers by one behaviour, or by several, one a request, the last of them ever after; a path without any is 404.
"""

import itertools
import ssl
import sys
import threading
import zlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import MappingProxyType, TracebackType
from typing import Any, Self

# How long and how far a behaviour that should never end goes on at most, so that a test fails rather than hangs.
_PATIENCE_S = 20.0
_PATIENCE_BYTES = 256 * 1024**2

PACKED = MappingProxyType({"Content-Encoding": "gzip"})


class Exchange(BaseHTTPRequestHandler):
    """One request, and the means to answer it."""

    protocol_version = "HTTP/1.1"
    server: "_Listener"

    def do_GET(self) -> None:
        """Answer as the path was told to."""
        self.server.owner.turn(self)

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002, ANN401 - http.server's signature
        """Say nothing: the requests are kept instead."""

    def head(self, status: int, headers: Mapping[str, str]) -> None:
        """Send the status and these headers."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.wfile.write(data)
        self.wfile.flush()

    def pause(self, seconds: float) -> bool:
        """Wait; whether the server is being closed."""
        return self.server.owner.closing.wait(seconds)


Behaviour = Callable[[Exchange], None]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    owner: "Server"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's signature
        """Who hangs up is no error; all else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Server:
    """The server, on a free port of 127.0.0.1, over TLS where a context is given."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.closing = threading.Event()
        self._answers: dict[str, list[Behaviour]] = {}
        self._seen: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        self._listener = _Listener(("127.0.0.1", 0), Exchange)
        self._listener.owner = self
        if tls is not None:
            self._listener.socket = tls.wrap_socket(self._listener.socket, server_side=True)
        self._scheme = "http" if tls is None else "https"
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.closing.set()
        self._listener.shutdown()
        self._thread.join()
        self._listener.server_close()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return self._listener.server_port

    def at(self, path: str, *, host: str = "127.0.0.1") -> str:
        """The address of a path, by one of the names of this machine."""
        return f"{self._scheme}://{host}:{self.port}{path}"

    def answer(self, path: str, *behaviours: Behaviour) -> None:
        """From now on the path answers so."""
        self._answers[path] = list(behaviours)

    def requests(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for a path so far, their names in lower case."""
        return self._seen[path]

    @property
    def n_requests(self) -> int:
        """How many requests there were so far."""
        return sum(map(len, self._seen.values()))

    def turn(self, exchange: Exchange) -> None:
        """Note a request and let its path's next behaviour answer it."""
        path = exchange.path.partition("?")[0]
        self._seen[path].append({name.lower(): value for name, value in exchange.headers.items()})
        behaviours = self._answers.get(path, [page(b"", status=404)])
        (behaviours.pop(0) if len(behaviours) > 1 else behaviours[0])(exchange)


def page(
    body: bytes,
    *,
    status: int = 200,
    headers: Mapping[str, str] = MappingProxyType({}),
    etag: str | None = None,
    modified: str | None = None,
) -> Behaviour:
    """A page with these headers. With validators, the answer is 304 to who has this version of it."""
    validators = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value}
    all_headers = {"Content-Length": str(len(body)), **headers, **validators}

    def behave(exchange: Exchange) -> None:
        asked, since = exchange.headers.get("If-None-Match"), exchange.headers.get("If-Modified-Since")
        if asked == etag if etag and asked else modified and since == modified:
            exchange.head(304, {**headers, **validators})
        else:
            exchange.head(status, all_headers)
            exchange.send(body)

    return behave


def redirect(address: str, *, status: int = 302, headers: Mapping[str, str] = MappingProxyType({})) -> Behaviour:
    """A redirect to an address or a path."""
    return page(b"", status=status, headers={"Location": address, **headers})


def raw(data: bytes) -> Behaviour:
    """These bytes, whatever they are, and the end."""

    def behave(exchange: Exchange) -> None:
        exchange.close_connection = True
        exchange.send(data)

    return behave


def cut_short(body: bytes, *, stated: int) -> Behaviour:
    """A page that states another length than it has."""
    return raw(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (stated, body))


def silent(exchange: Exchange) -> None:
    """Takes the request and never answers."""
    exchange.close_connection = True
    exchange.pause(_PATIENCE_S)


def drip(beginning: bytes, drop: bytes, *, every_s: float = 0.02) -> Behaviour:
    """Begins an answer and goes on with one drop after another."""

    def behave(exchange: Exchange) -> None:
        exchange.close_connection = True
        exchange.send(beginning)
        for _ in range(int(_PATIENCE_S / every_s)):
            if exchange.pause(every_s):
                return
            exchange.send(drop)

    return behave


def endless(piece: bytes, *, beginning: bytes = b"", headers: Mapping[str, str] = MappingProxyType({})) -> Behaviour:
    """A body, in chunks, that goes on and on with one piece, as fast as it is taken."""

    def behave(exchange: Exchange) -> None:
        exchange.close_connection = True
        exchange.head(200, {"Transfer-Encoding": "chunked", **headers})
        pieces = itertools.repeat(piece, _PATIENCE_BYTES // len(piece))
        for data in filter(None, itertools.chain([beginning], pieces)):
            exchange.send(b"%x\r\n%s\r\n" % (len(data), data))

    return behave


def bomb() -> Behaviour:
    """A gzip body of one member, each kilobyte of which unpacks to a megabyte, and that goes on and on."""
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    beginning = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(bytes(1024**2)) + packer.flush(zlib.Z_FULL_FLUSH)
    return endless(piece, beginning=beginning, headers=PACKED)
