"""`onrecord watch` as a user runs it: what it says, what it keeps, and how it ends."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.feeding import PEOPLE, feed, item, report
from tests.server import Server, page, silent

COMMAND = Path(sys.executable).with_name("onrecord")
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("ONRECORD_")}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        for name in PEOPLE:
            running.answer(f"/{name}", report(name))
        yield running


def arguments(*given: str) -> list[str]:
    """The call of the command."""
    return [str(COMMAND), "watch", *given]


def once(*feeds: str, folder: Path, private: bool = True) -> subprocess.CompletedProcess[str]:
    """The end of a call that polls what is due, in a folder that holds its record and its cache."""
    call = arguments(*feeds, "--once", *(["--allow-private"] if private else []))
    environment = ENVIRONMENT | {"ONRECORD_CACHE": str(folder / "cache")}
    return subprocess.run(call, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_command_says_what_it_does_and_counts(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(feed(item("/quay"), item("/gone"))))
    done = once(server.at("/feed"), folder=tmp_path)
    polled, added, gone, counts = done.stderr.splitlines()
    assert polled.startswith(f"onrecord: {server.at('/feed')}: 2 entries, 2 new; next poll at 20")
    assert added == f"onrecord: {server.at('/quay')}: added: Falk keeps the quay open"
    assert gone.startswith(f"onrecord: {server.at('/gone')}: the page is gone: ")
    assert counts == "onrecord: 1 added, 1 failed (1 gone)"
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "onrecord.db").exists()
    done = once(server.at("/feed"), folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert done.stderr.startswith("onrecord: no feed is due before 20")


def test_the_exit_code_says_whether_the_feeds_could_be_polled(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(feed()))
    done = once(server.at("/feed"), server.at("/none"), folder=tmp_path)
    assert done.returncode == 3
    assert f"{server.at('/feed')}: 0 entries, 0 new; next poll at" in done.stderr
    assert f"{server.at('/none')}: the page is gone: " in done.stderr
    assert once(server.at("/other"), folder=tmp_path).returncode == 1


def test_a_private_address_is_polled_only_when_that_is_allowed(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(feed()))
    done = once(server.at("/feed"), folder=tmp_path, private=False)
    assert done.returncode == 1
    assert "allow private addresses" in done.stderr
    assert server.n_requests == 0


def test_a_list_that_cannot_be_read_is_one_line_and_exit_code_1(tmp_path: Path) -> None:
    done = once("feeds.opml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("onrecord: feeds.opml: cannot be read: No such file or directory; give an OPML file")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "given", [[], ["https://a.example/f", "--every", "0"], ["https://a.example/f", "--every", "x"]]
)
def test_a_wrong_call_is_exit_code_2_without_a_traceback(given: list[str]) -> None:
    done = subprocess.run(arguments(*given), env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_it_with_what_was_told_kept_and_the_next_call_goes_on(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(feed(item("/quay"), item("/ferry")), etag='"v1"'))
    server.answer("/ferry", silent)
    call = arguments(server.at("/feed"), "--allow-private")
    with subprocess.Popen(call, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert "2 entries, 2 new" in process.stderr.readline()
        assert "added: Falk keeps the quay open" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.stderr.read() == "onrecord: 1 added\nonrecord: interrupted\n"
    assert process.returncode == 130
    server.answer("/ferry", report("ferry"))
    done = once(server.at("/feed"), folder=tmp_path)
    assert "2 entries, 1 new" in done.stderr
    assert "added: Corvin keeps the ferry open" in done.stderr
    assert done.stderr.endswith("onrecord: 1 added\n")
    assert len(server.requests("/quay")) == 1


def screen_of(process: subprocess.Popen[bytes], screen: int, *, until: bytes) -> bytes:
    """All that a process shows on a terminal, which is interrupted when it has shown what is waited for."""
    shown = b""
    while True:
        try:
            shown += os.read(screen, 4096)
        except OSError:  # so a terminal ends when nobody writes to it any more
            return shown
        if until in shown:
            process.send_signal(signal.SIGINT)
            until = b"\0"


def test_on_a_terminal_it_is_in_colour_and_says_when_there_is_nothing_to_do(server: Server, tmp_path: Path) -> None:
    server.answer("/feed", page(feed(item("/quay"))))
    call = arguments(server.at("/feed"), "--allow-private")
    screen, terminal = pty.openpty()
    environment = ENVIRONMENT | {"TERM": "xterm-256color", "COLUMNS": "200"}
    with subprocess.Popen(call, cwd=tmp_path, env=environment, stderr=terminal) as process:
        os.close(terminal)
        shown = screen_of(process, screen, until=b"nothing to do before 20")
    os.close(screen)
    assert process.returncode == 130
    assert b"1 entry, 1 new" in shown
    assert b"\x1b[1m" in shown
    assert b"added: Falk keeps the quay open" in shown
    assert b"onrecord: 1 added" in shown
