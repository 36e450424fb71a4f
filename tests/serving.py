"""The real server on this machine, for the tests of pages and of the API.

with serving(record) as served:
    served.client.get("/search?q=quay")
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import httpx
import uvicorn

from onrecord.record.articles import store
from onrecord.record.database import Record
from onrecord.record.tokens import create_token
from onrecord.settings import Settings
from onrecord.web.app import application
from onrecord.web.held import Serving
from tests.invented import HARBOUR, PUMPS

SIGNER = "Ilse Quandt"


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs: its address, somebody who asks it, and a token with which one may write."""

    address: str
    client: httpx.Client
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        """The header with which one writes."""
        return {"authorization": f"Bearer {self.token}"}


@contextmanager
def serving(record: Record, **how: Any) -> Iterator[Served]:  # noqa: ANN401 - each of the fields of Serving
    """The record, served with what the tests wish otherwise than by default."""
    with record.transaction() as connection:
        token = create_token(connection, SIGNER)
    hosts = frozenset({"127.0.0.1"})
    plan = replace(Serving(record.address, Settings(), hosts=hosts, requests_per_minute=1_000_000), **how)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(application(plan), log_level="critical", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        try:
            with httpx.Client(base_url=address, timeout=30) as client:
                yield Served(address, client, token)
        finally:
            server.should_exit = True
            thread.join()


def fill(record: Record) -> None:
    """Two invented articles, into the record."""
    with record.transaction() as connection:
        for article in (HARBOUR, PUMPS):
            store(connection, article, model="reader-0")
