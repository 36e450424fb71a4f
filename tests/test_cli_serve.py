"""`onrecord serve`: it says where the record is, and what is wrong in one line."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from onrecord.record import Record
from tests.serving import fill

SERVE = [sys.executable, "-m", "onrecord", "serve"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Record.open(str(path)) as record:
        fill(record)
    return path


def test_it_says_where_it_is_and_ends_with_ctrl_c(path: Path) -> None:
    with subprocess.Popen([*SERVE, "--record", path, "--port", "0"], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address is not None
        try:
            assert "Who said what?" in httpx.get(address[0]).text
            assert httpx.get(address[0], headers={"host": "evil.example"}).status_code == 421
        finally:
            server.send_signal(signal.SIGINT)
        assert "Traceback" not in server.stderr.read()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--record", "no.db"), "there is no record"),
        (("--host", "nowhere.invalid"), "take another with --port"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(path: Path, arguments: tuple[str, ...], complaint: str) -> None:
    done = subprocess.run([*SERVE, "--record", path, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode in {1, 2}
    assert complaint in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told(path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([*SERVE, "--record", path, "--port", port], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"cannot listen on '127.0.0.1', port {port}" in done.stderr
