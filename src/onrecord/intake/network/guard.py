"""The only door to the network: connections to public addresses alone, and none that outlasts its time.

A host's name is resolved once, each of its addresses is checked, and the connection is made to a checked address, so
that no second answer of a name server can lead elsewhere; TLS still compares the certificate with the name. Every hop
of a redirect comes through here again. However an address is spelt, what counts is what the system makes of it.
"""

import math
import socket
import ssl
import time
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")


class NotPublic(Exception):
    """A host that has an address inside somebody's own network."""

    def __init__(self, host: str, *, address: str) -> None:
        where = host if host == address else f"{host} is at {address}, which"
        super().__init__(f"{where} is no public address")


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one on the open internet; an IPv6 address that stands for an IPv4 one is what that is."""
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = IPv4Address(int(address) & 0xFFFFFFFF) if address in _NAT64 else address.ipv4_mapped or address.sixtofour
    return is_public(inner) if inner else address in _UNICAST and address.is_global


def refuse_private(host: str, addresses: Iterable[str]) -> None:
    """Raises NotPublic if even one of a host's addresses is private: which one answers is not for it to choose."""
    for address in addresses:
        if not is_public(ip_address(address)):
            raise NotPublic(host, address=address)


class Deadline:
    """When all has to be done. Set for one address after another, so that one fetcher serves one thread at a time."""

    def __init__(self) -> None:
        self._at_s = math.inf

    def set(self, seconds: float) -> None:
        """From now on there are so many seconds."""
        self._at_s = time.monotonic() + seconds

    def wait(self, seconds: float) -> None:
        """Wait on purpose; it does not count."""
        if seconds > 0:
            self._at_s += seconds
            time.sleep(seconds)

    @property
    def is_over(self) -> bool:
        """Whether there is no time left."""
        return time.monotonic() >= self._at_s

    def left(self, at_most: float | None) -> float:
        """How many seconds one step may take. Raises httpcore.TimeoutException where there are none left."""
        left = self._at_s - time.monotonic()
        if left <= 0:
            raise httpcore.TimeoutException
        return left if at_most is None else min(left, at_most)


class Guard(httpcore.NetworkBackend):
    """Makes the connections of a pool.

    `allow_private` is True for a network of one's own, or names the hosts that may be private, as "localhost:8000".
    """

    def __init__(self, deadline: Deadline, *, allow_private: bool | frozenset[str]) -> None:
        self._deadline = deadline
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that answers."""
        failure: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError("no such host")
        for address in self._addresses(host, port):
            step_s = self._deadline.left(timeout)
            try:
                stream = self._sockets.connect_tcp(address, port, step_s, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        """The host's addresses, in the system's order. Raises NotPublic if one of them is private."""
        try:
            # The system bounds the time of this itself; there is no way to bound it from here.
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host ({error})") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not self._may_be_private(host, port):
            refuse_private(host, addresses)
        return addresses

    def _may_be_private(self, host: str, port: int) -> bool:
        if isinstance(self._allow_private, bool):
            return self._allow_private
        return f"{host}:{port}" in self._allow_private


class _Timed(httpcore.NetworkStream):
    """A connection on which each step ends with the deadline, whatever time the step has of its own."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - httpcore's own signature
        return self._stream.get_extra_info(info)
