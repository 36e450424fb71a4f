"""The server: a socket of our own, so that what is wrong with an address is said in one line, and uvicorn on it.

It is only asked here, never asks: nothing but `intake/network` reaches out.
"""

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from onrecord.errors import UsageError, shown
from onrecord.settings import Settings
from onrecord.web.app import application
from onrecord.web.held import Serving

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
LONGEST_GOODBYE_S = 3


def run(record: str, settings: Settings, *, host: str, port: int, public: bool, tell: Callable[[str], None]) -> None:
    """Serves a record until somebody ends it; tells the address where it is. Raises UsageError."""
    serving = Serving(record, settings, hosts=_LOCAL if _is_local(host) else frozenset(), public=public)
    config = uvicorn.Config(
        application(serving), log_level="warning", server_header=False, timeout_graceful_shutdown=LONGEST_GOODBYE_S
    )
    with _listening(host, port) as listening:
        name = f"[{host}]" if ":" in host else host
        tell(f"http://{name}:{listening.getsockname()[1]}/")
        uvicorn.Server(config).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket on which one can be asked. Raises UsageError for an address that is none, or is taken."""
    try:
        family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        advice = "take another with --port, 0 for any that is free, or another --host"
        raise UsageError(f"cannot listen on {shown(host)}, port {port}: {error.strerror or error}; {advice}") from error


def _is_local(host: str) -> bool:
    """Whether only this machine reaches what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
