"""What may be connected to, what an article from an address is called, and that nothing else goes to the network."""

import ast
from ipaddress import ip_address
from pathlib import Path

import pytest

from onrecord.intake.ids import id_of
from onrecord.intake.network.guard import NotPublic, is_public, refuse_private

SOURCE = Path(__file__).resolve().parents[1] / "src" / "onrecord"
TO_THE_NETWORK = {
    "aiohttp",
    "ftplib",
    "hishel",
    "http.client",
    "httpcore",
    "httpx",
    "requests",
    "socket",
    "urllib.request",
    "urllib3",
}


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "100.63.255.255",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "2002:808:808::1",
    ],
)
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104 - it must not be connected to
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:0:7f00:1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "100::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:c0a8:1::1",
        "4000::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_inside_a_network_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


def test_one_private_address_among_public_ones_is_enough_to_refuse_a_host() -> None:
    refuse_private("weyport-ledger.example", ["8.8.8.8", "2606:4700::1111"])
    with pytest.raises(NotPublic, match=r"weyport-ledger\.example is at 10\.0\.0\.1, which is no public address"):
        refuse_private("weyport-ledger.example", ["8.8.8.8", "10.0.0.1"])


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.weyport-ledger.example/2031/harbour/?from=letter#quay", "weyport-ledger.example/2031/harbour"),
        ("HTTP://WWW.Weyport-Ledger.example/Harbour", "weyport-ledger.example/Harbour"),
        (" https://weyport-ledger.example/ ", "weyport-ledger.example"),
        ("https://weyport-ledger.example?page=1", "weyport-ledger.example"),
        ("https://weyport-ledger.example:8443/a//b", "weyport-ledger.example:8443/a//b"),
        (
            "https://tide.example/c/https://www.weyport-ledger.example/a",
            "tide.example/c/https://www.weyport-ledger.example/a",
        ),
        ("https://zählt.example/größe", "zählt.example/größe"),
        ("weyport-ledger.example/harbour", "weyport-ledger.example/harbour"),
        ("https://weyport-ledger.example/a#b\nc", "weyport-ledger.example/a"),
        ("", ""),
    ],
)
def test_an_article_is_called_by_its_address_without_what_tells_nothing(address: str, name: str) -> None:
    assert id_of(address) == name


def test_only_what_is_behind_fetch_knows_the_network() -> None:
    who = set()
    for path in set(SOURCE.rglob("*.py")) - {SOURCE / "web" / "server.py"}:  # which is asked, and never asks
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name in TO_THE_NETWORK or name.partition(".")[0] in TO_THE_NETWORK for name in names):
                who.add(path.relative_to(SOURCE).parent.as_posix())
    assert who == {"intake/network"}
