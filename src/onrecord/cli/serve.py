"""`onrecord serve`: the record in the browser, and the API."""

# ruff: noqa: PLC0415 - what takes long to load is imported when it is used, so that --help answers at once

import ipaddress
import socket
from typing import Annotated

import typer

from onrecord.cli.inputs import RecordAddress
from onrecord.cli.terminal import complain
from onrecord.errors import UsageError, shown
from onrecord.settings import Settings

_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
LONGEST_GOODBYE_S = 3


def serve(
    context: typer.Context,
    record: RecordAddress = None,
    host: Annotated[str, typer.Option(help="The address to listen on; by default only this machine.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = 8000,
    public: Annotated[bool, typer.Option("--public", help="Nobody writes, whoever asks.")] = False,
) -> None:
    """Open a record in the browser: search it, read its articles, and see what each of them rests on.

    Example: onrecord serve --record news.db
    """
    from onrecord.record import Record

    settings: Settings = context.obj
    address = record or settings.record
    Record.open(address, create=False).close()  # what is wrong with it is said here, in one line
    listening = _listening(host, port)
    try:
        _run(listening, address=address, host=host, public=public, settings=settings)
    finally:
        listening.close()


def _run(listening: socket.socket, *, address: str, host: str, public: bool, settings: Settings) -> None:
    import uvicorn

    from onrecord.web.app import application
    from onrecord.web.held import Serving

    hosts = _LOCAL if _is_local(host) else frozenset[str]()
    app = application(Serving(address, settings, hosts=hosts, public=public))
    config = uvicorn.Config(app, log_level="warning", server_header=False, timeout_graceful_shutdown=LONGEST_GOODBYE_S)
    name = f"[{host}]" if ":" in host else host
    complain(f"the record {shown(address)} is at http://{name}:{listening.getsockname()[1]}/ – Ctrl-C ends it")
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
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
