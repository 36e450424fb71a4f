"""The registered domain of hosts and addresses, and what has none."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.domains import registered_domain

PIECES = st.sampled_from(["xn--", "a", ".", "co.uk", "é", "ß", "@", "//", ":", "[", "1", "İ", "。", "-", "¸", "\u200d"])


@pytest.mark.parametrize(
    ("given_as", "domain"),
    [
        ("weyport-ledger.example", "weyport-ledger.example"),
        ("www.weyport-ledger.example", "weyport-ledger.example"),
        ("News.Weyport-Ledger.CO.UK", "weyport-ledger.co.uk"),
        ("weyport-ledger.com.au.", "weyport-ledger.com.au"),
        ("https://amp.weyport-ledger.example:8443/news?id=7#top", "weyport-ledger.example"),
        ("https://reader:secret@www.weyport-ledger.example", "weyport-ledger.example"),
        ("//www.weyport-ledger.example/news", "weyport-ledger.example"),
        ("weyport-ledger.example/news", "weyport-ledger.example"),
        ("tideweekly.blogspot.com", "tideweekly.blogspot.com"),
        ("www.häven.example", "xn--hven-loa.example"),
        ("www.xn--hven-loa.example", "xn--hven-loa.example"),
        ("www.tide.公司.cn", "tide.xn--55qx5d.cn"),
        ("www.tide.xn--55qx5d.cn", "tide.xn--55qx5d.cn"),
    ],
)
def test_a_host_has_the_domain_that_was_registered(given_as: str, domain: str) -> None:
    assert registered_domain(given_as) == domain


@pytest.mark.parametrize(
    "given_as",
    [
        *("", "n/a", "Weyport Ledger", ".weyport.example", "a..example", "https:///news", "weyport!.example"),
        *("co.uk", "localhost", "http://localhost:8000/a", "\ud800.example", "a" * 64 + ".example"),
        *("127.0.0.1", "https://127.0.0.1/a", "[::1]", "https://[::1]:80/"),
        *("desk@weyport.example", "mailto:desk@weyport.example"),
    ],
)
def test_what_is_no_registered_name_has_none(given_as: str) -> None:
    assert registered_domain(given_as) is None


@given(text=st.lists(PIECES).map("".join) | st.text())
def test_any_text_has_a_domain_or_none_and_a_domain_is_its_own(text: str) -> None:
    domain = registered_domain(text)
    assert domain is None or registered_domain(domain) == domain


def test_the_list_is_loaded_for_the_first_domain_alone() -> None:
    asked = "import sys, onrecord.intake.domains; print('publicsuffixlist' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
