"""Fetching where somebody means ill or is broken, against a real server: each case with its outcome and message."""

import gzip
import shutil
import ssl
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest

from onrecord.errors import Outcome
from onrecord.intake.fetch import Fetcher, Limits
from tests.fetching import HARBOUR, HASTY, refused
from tests.server import PACKED, Behaviour, Server, bomb, cut_short, drip, endless, page, raw, redirect, silent

FRESH = {"Cache-Control": "max-age=600"}


def chunked(body: bytes) -> bytes:
    """A whole answer in one chunk that is never followed by the last one."""
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(body), body)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=HASTY) as running:
        yield running


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("ftp://weyport-ledger.example/harbour", "only http and https"),
        ("file:///etc/passwd", "only http and https"),
        ("weyport-ledger.example/harbour", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("", "only http and https"),
        ("http:///harbour", "no proper host"),
        ("http://weyport ledger.example/", "no proper host"),
        ("http://weyport..example/", "no proper host"),
        ("http://weyport-ledger.example\\.tide.example/", "no proper host"),
        ("http://weyport-ledger.example:99999/", "no proper host"),
        ("http://weyport-ledger.example:quay/", "not an address"),
        ("http://[::1/", "not an address"),
        ("http://0177.0.0.1/", "not an address"),
        ("http://weyport\n.example/", "not an address"),
        ("http://☃.example/", "not an address"),
        ("http://" + "a" * 70_000, "not an address"),
    ],
)
def test_what_is_no_address_is_refused_by_name(fetcher: Fetcher, address: str, words: str) -> None:
    error = refused(fetcher, address)
    assert error.outcome is Outcome.NOT_FOUND
    assert words in str(error)
    assert len(str(error)) < 400


def test_an_address_with_a_password_is_refused_without_showing_it(server: Server, fetcher: Fetcher) -> None:
    address = server.at("/harbour").replace("//", "//falk:kelp@")
    error = refused(fetcher, address)
    assert error.outcome is Outcome.NOT_FOUND
    assert "user name" in str(error)
    assert "kelp" not in str(error)
    assert server.n_requests == 0


def test_a_host_that_nobody_knows_is_unreachable(fetcher: Fetcher) -> None:
    error = refused(fetcher, "https://weyport-ledger.invalid/harbour")
    assert error.outcome is Outcome.UNREACHABLE
    assert "weyport-ledger.invalid: no such host" in str(error)


def test_a_host_in_another_script_is_looked_up_by_its_name_in_ascii(fetcher: Fetcher) -> None:
    assert "xn--gre-6ka8i.invalid: no such host" in str(refused(fetcher, "https://größe.invalid/"))


def test_a_host_whose_name_is_too_long_is_unreachable(fetcher: Fetcher) -> None:
    assert "no such host" in str(refused(fetcher, f"https://{'quay' * 20}.invalid/"))


def test_a_closed_port_is_unreachable(fetcher: Fetcher) -> None:
    with Server() as closed:
        address = closed.at("/harbour")
    error = refused(fetcher, address)
    assert error.outcome is Outcome.UNREACHABLE
    assert "cannot connect to 127.0.0.1" in str(error)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "017700000001",
        "127.1",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "169.254.169.254",
        "[fe80::1]",
    ],
)
def test_a_private_address_is_forbidden_however_it_is_spelt(server: Server, host: str) -> None:
    server.answer("/harbour", page(HARBOUR))
    with Fetcher(limits=HASTY) as careful:
        error = refused(careful, server.at("/harbour", host=host))
    assert error.outcome is Outcome.FORBIDDEN
    assert "no public address; if it is a server of your own, allow private addresses" in str(error)
    assert server.n_requests == 0


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "017700000001"])
def test_the_same_spellings_lead_there_where_that_is_allowed(server: Server, fetcher: Fetcher, host: str) -> None:
    server.answer("/harbour", page(HARBOUR))
    assert fetcher.get(server.at("/harbour", host=host)).data == HARBOUR


LOOK_UPS = """
import sys
from onrecord.intake.fetch import Fetcher, Limits

asked = []
sys.addaudithook(lambda event, arguments: asked.append(arguments[0]) if event == "socket.getaddrinfo" else None)
with Fetcher(allow_private=True, limits=Limits(pause_s=0)) as fetcher:
    fetcher.get(sys.argv[1])
print(*asked)
"""


def test_a_name_is_looked_up_once_so_that_no_second_answer_can_lead_elsewhere(server: Server) -> None:
    server.answer("/robots.txt", page(b"User-agent: *"))
    server.answer("/harbour", page(HARBOUR))
    address = server.at("/harbour", host="localhost")
    done = subprocess.run([sys.executable, "-c", LOOK_UPS, address], capture_output=True, text=True, check=True)
    first, *others = done.stdout.split()
    assert first == "localhost"
    assert {ip_address(other).is_loopback for other in others} == {True}


@pytest.mark.parametrize("path", ["/harbour", "/robots.txt"])
def test_a_redirect_to_a_private_address_is_forbidden(server: Server, path: str) -> None:
    server.answer("/harbour", page(HARBOUR))
    with Server() as inner, Fetcher(allow_private=frozenset({f"127.0.0.1:{server.port}"}), limits=HASTY) as careful:
        server.answer(path, redirect(inner.at("/secret")))
        error = refused(careful, server.at("/harbour"))
        assert inner.n_requests == 0
    assert error.outcome is Outcome.FORBIDDEN
    assert "127.0.0.1 is no public address" in str(error)


def test_a_redirect_to_a_host_that_may_be_private_is_followed(server: Server) -> None:
    with Server() as inner:
        inner.answer("/harbour", page(HARBOUR))
        server.answer("/harbour", redirect(inner.at("/harbour")))
        allowed = frozenset({f"127.0.0.1:{server.port}", f"127.0.0.1:{inner.port}"})
        with Fetcher(allow_private=allowed, limits=HASTY) as careful:
            assert careful.get(server.at("/harbour")).url == inner.at("/harbour")


def test_the_cache_of_a_run_that_allowed_private_addresses_serves_no_other(server: Server, tmp_path: Path) -> None:
    server.answer("/harbour", page(HARBOUR, headers=FRESH))
    server.answer("/robots.txt", page(b"", headers=FRESH))
    with Fetcher(cache=tmp_path, allow_private=True, limits=HASTY) as own:
        own.get(server.at("/harbour"))
    with Fetcher(cache=tmp_path, limits=HASTY) as careful:
        assert refused(careful, server.at("/harbour")).outcome is Outcome.FORBIDDEN


DRIP = drip(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", b"a")
MISBEHAVIOUR: dict[str, tuple[Behaviour, Outcome, str]] = {
    "endless body": (endless(b"tide " * 1000), Outcome.TOO_LARGE, "larger than 1,048,576 bytes"),
    "bomb of one member": (bomb(), Outcome.TOO_LARGE, "larger than 1,048,576 bytes"),
    "bomb of many members": (
        endless(gzip.compress(bytes(1024**2)), headers=PACKED),
        Outcome.TOO_LARGE,
        "larger than 1,048,576 bytes",
    ),
    "announced size": (cut_short(b"", stated=10**12), Outcome.TOO_LARGE, "larger than 1,048,576 bytes"),
    "length too long": (cut_short(HARBOUR, stated=1000), Outcome.DAMAGED, "expected 1000"),
    "chunks that break off": (raw(chunked(HARBOUR)), Outcome.DAMAGED, "damaged"),
    "chunks that are none": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nquay\r\n"),
        Outcome.DAMAGED,
        "damaged",
    ),
    "no gzip": (page(HARBOUR, headers=PACKED), Outcome.DAMAGED, "no proper gzip"),
    "gzip that breaks off": (
        page(gzip.compress(HARBOUR)[:-9], headers=PACKED),
        Outcome.DAMAGED,
        "gzip that breaks off",
    ),
    "gzip with a wrong sum": (
        page(gzip.compress(HARBOUR)[:-8] + bytes(8), headers=PACKED),
        Outcome.DAMAGED,
        "no proper gzip",
    ),
    "another packing": (
        page(HARBOUR, headers={"Content-Encoding": "br"}),
        Outcome.DAMAGED,
        "'br', where gzip was asked for",
    ),
    "packed twice": (
        page(HARBOUR, headers={"Content-Encoding": "gzip, gzip"}),
        Outcome.DAMAGED,
        "where gzip was asked for",
    ),
    "no HTTP": (raw(b"SSH-2.0-quay\r\n\r\n"), Outcome.UNREACHABLE, "no proper answer"),
    "nothing": (raw(b""), Outcome.UNREACHABLE, "Server disconnected"),
    "two lengths": (
        raw(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\ntide"),
        Outcome.UNREACHABLE,
        "no proper answer",
    ),
    "endless headers": (drip(b"HTTP/1.1 200 OK\r\n", b"Tide: high\r\n" * 999, every_s=0), Outcome.UNREACHABLE, "no"),
}


@pytest.mark.parametrize(("behaviour", "outcome", "words"), MISBEHAVIOUR.values(), ids=MISBEHAVIOUR.keys())
def test_misbehaviour_ends_with_its_outcome_and_harms_no_other_page(
    server: Server, fetcher: Fetcher, *, behaviour: Behaviour, outcome: Outcome, words: str
) -> None:
    server.answer("/harbour", behaviour)
    server.answer("/good", page(HARBOUR))
    error = refused(fetcher, server.at("/harbour"))
    assert error.outcome is outcome
    assert words in str(error)
    assert fetcher.get(server.at("/good")).data == HARBOUR


@pytest.mark.parametrize(
    "behaviour",
    [DRIP, drip(b"HTTP/1.1 200 OK\r\nTide: ", b"a"), drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n")],
    ids=["body", "header", "promises"],
)
def test_a_slow_drip_ends_with_the_time_of_the_whole(server: Server, behaviour: Behaviour) -> None:
    server.answer("/harbour", behaviour)
    with Fetcher(allow_private=True, limits=Limits(read_s=10, total_s=0.3, pause_s=0)) as hasty:
        error = refused(hasty, server.at("/harbour"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "took longer than 0.3 s in all" in str(error)


def test_silence_ends_with_the_time_of_one_step(server: Server) -> None:
    server.answer("/harbour", silent)
    with Fetcher(allow_private=True, limits=Limits(read_s=0.3, pause_s=0)) as hasty:
        error = refused(hasty, server.at("/harbour"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "was silent for 0.3 s; try again later" in str(error)


@pytest.mark.parametrize("behaviour", [bomb(), endless(b"tide " * 1000)], ids=["bomb", "endless"])
def test_what_is_too_large_takes_no_more_memory_than_what_is_not(
    server: Server, fetcher: Fetcher, behaviour: Behaviour
) -> None:
    server.answer("/harbour", behaviour)
    tracemalloc.start()
    try:
        refused(fetcher, server.at("/harbour"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4 * HASTY.max_bytes


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for "localhost" that it signs itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "certificate.pem"]
    subprocess.run(["openssl", *made.split(), *names], cwd=folder, check=True, capture_output=True)  # noqa: S607
    both = folder / "both.pem"
    both.write_text((folder / "key.pem").read_text() + (folder / "certificate.pem").read_text())
    return both


@pytest.fixture
def secure(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(tls=context) as running:
        running.answer("/harbour", page(HARBOUR))
        yield running


def test_over_tls_the_certificate_is_compared_with_the_name(
    secure: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Fetcher(allow_private=True, limits=HASTY) as fetcher:
        assert fetcher.get(secure.at("/harbour", host="localhost")).data == HARBOUR
        error = refused(fetcher, secure.at("/harbour"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "certificate is not valid for '127.0.0.1'" in str(error)


def test_a_certificate_that_nobody_signed_is_not_believed(secure: Server, fetcher: Fetcher) -> None:
    error = refused(fetcher, secure.at("/harbour", host="localhost"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "CERTIFICATE_VERIFY_FAILED" in str(error)


def test_https_where_there_is_none_is_unreachable(server: Server, fetcher: Fetcher) -> None:
    error = refused(fetcher, server.at("/harbour").replace("http:", "https:"))
    assert error.outcome is Outcome.UNREACHABLE
    assert "cannot connect" in str(error)
