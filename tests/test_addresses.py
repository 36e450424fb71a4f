"""What two addresses of one page have in common, and what tells two pages apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.intake.addresses import address_key, tells_apart

KEY = "weyport-ledger.example/news/2031/harbour?id=7"
PIECES = st.sampled_from(
    [
        *"/?#&=%+.:;@[]\\ A1éßİ\ud800",
        *("https://", "//", "www.", "m.", ":443", "xn--", "google.com/amp/s/", "cdn.ampproject.org/c/s/", ".."),
        *("amp", ".amp", "index.html", "utm_id=", "&amp;", "%2F", "%25", "%3f", "%zz"),
    ]
)


@pytest.mark.parametrize(
    "address",
    [
        "https://weyport-ledger.example/news/2031/harbour?id=7",
        "http://www.weyport-ledger.example/news/2031/harbour?id=7",
        "HTTPS://WWW.Weyport-Ledger.EXAMPLE/news/2031/harbour?id=7",
        "//weyport-ledger.example/news/2031/harbour?id=7",
        "weyport-ledger.example/news/2031/harbour?id=7",
        "  https://weyport-ledger.example/news/2031/harbour?id=7\n",
        "https://reader:secret@weyport-ledger.example/news/2031/harbour?id=7",
        "https://weyport-ledger.example:443/news/2031/harbour?id=7",
        "http://weyport-ledger.example.:80/news/2031/harbour?id=7",
        "https://weyport-ledger.example/news/2031/harbour/?id=7",
        "https://weyport-ledger.example/news//2031/./old/../harbour?id=7",
        "https://weyport-ledger.example/news/2031/harbour/index.html?id=7",
        "https://weyport-ledger.example/news/2031/harbour;jsessionid=0A1B?id=7",
        "https://weyport-ledger.example/news/2031/harbour?id=7#comments",
        "https://weyport-ledger.example/news/2031/%68arbour?%69d=%37",
        "https://weyport-ledger.example/news/2031/harbour?&id=7&",
        "https://weyport-ledger.example/news/2031/harbour?utm_source=letter&utm_medium=email&id=7",
        "https://weyport-ledger.example/news/2031/harbour?id=7&amp;utm_campaign=tide",
        "https://weyport-ledger.example/news/2031/harbour?id=7&fbclid=IwAR0&gclid=x&mc_cid=1&ocid=y&cmpid=z&CMP=twt",
        "https://weyport-ledger.example/news/2031/harbour?id=7&cid=social_20310115&ref=home&source=rss&print=1",
        "https://weyport-ledger.example/news/2031/harbour/amp?id=7",
        "https://weyport-ledger.example/news/2031/harbour/amp/?id=7",
        "https://weyport-ledger.example/amp/news/2031/harbour?id=7",
        "https://weyport-ledger.example/news/2031/harbour.amp?id=7",
        "https://weyport-ledger.example/news/2031/harbour?id=7&amp",
        "https://weyport-ledger.example/news/2031/harbour?amp=1&id=7",
        "https://weyport-ledger.example/news/2031/harbour?id=7&outputType=amp",
        "https://amp.weyport-ledger.example/news/2031/harbour?id=7",
        "https://m.weyport-ledger.example/news/2031/harbour?id=7",
        "https://mobile.weyport-ledger.example/news/2031/harbour?id=7",
        "https://www.google.com/amp/s/weyport-ledger.example/news/2031/harbour%3fid=7",
        "https://www.google.co.uk/amp/weyport-ledger.example/news/2031/harbour/amp?id=7",
        "https://www.google.com/amp/s/amp.weyport-ledger.example/news/2031/harbour%3fid=7&usqp=mq331AQ",
        "https://weyport--ledger-example.cdn.ampproject.org/c/s/weyport-ledger.example/news/2031/harbour/amp?id=7",
        "https://weyport--ledger-example.cdn.ampproject.org/v/s/www.weyport-ledger.example/news/2031/harbour?id=7&amp_gsa=1",
        "https://cdn.ampproject.org/c/weyport-ledger.example/news/2031/harbour?id=7",
    ],
)
def test_an_address_of_the_page_has_the_page_s_key(address: str) -> None:
    assert address_key(address) == KEY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://weyport.example/news?id=7", "https://weyport.example/news?id=8"),
        ("https://weyport.example/?p=12", "https://weyport.example/?p=13"),
        ("https://weyport.example/index.php?story=1", "https://weyport.example/index.php?story=2"),
        ("https://weyport.example/read?cid=4711", "https://weyport.example/read?cid=4712"),
        ("https://weyport.example/read?cid=a17f", "https://weyport.example/read?cid=b17f"),
        ("https://weyport.example/read?gid=1&tid=2", "https://weyport.example/read?gid=1&tid=3"),
        ("https://weyport.example/read?source=1", "https://weyport.example/read?source=2"),
        ("https://weyport.example/news?id=7", "https://weyport.example/news?ID=7"),
        ("https://weyport.example/harbour", "https://weyport.example/Harbour"),
        ("https://weyport.example/harbour?page=2", "https://weyport.example/harbour?page=3"),
        ("https://weyport.example/a/b", "https://weyport.example/a%2Fb"),
        ("https://weyport.example/news?q=a%26id=7", "https://weyport.example/news?q=a&id=7"),
        ("https://weyport.example:8080/harbour", "https://weyport.example/harbour"),
        ("https://sport.weyport.example/harbour", "https://weyport.example/harbour"),
        ("https://weyport.example/best-guitar-amp", "https://weyport.example/best-guitar"),
        ("https://weyport.example/ramp", "https://weyport.example/r"),
        ("https://weyport.example/amplifier", "https://weyport.example/lifier"),
        ("https://m.example/harbour", "https://amp.example/harbour"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_parameters_are_in_one_order_and_a_blank_has_one_form() -> None:
    assert address_key("https://a.example/x?b=2&a=1+1") == address_key("https://a.example/x?a=1%201&b=2")


def test_letters_beyond_ascii_have_one_form_in_host_and_path() -> None:
    assert address_key("https://häven.example/é") == address_key("https://xn--hven-loa.example/%c3%a9")


def test_a_page_of_one_number_is_its_first() -> None:
    assert address_key("https://a.example/x?page=1") == address_key("https://a.example/x")


def test_an_address_of_another_scheme_stays_as_it_is() -> None:
    assert address_key("file:///Tide/A.html?utm_source=x") == "file:///Tide/A.html?utm_source=x"


@pytest.mark.parametrize(
    "address", ["", "n/a", "unknown", "https://www.weyport.example/", "weyport.example/index.html"]
)
def test_what_is_the_address_of_no_page_tells_none_apart(address: str) -> None:
    assert not tells_apart(address_key(address))


@pytest.mark.parametrize("address", ["https://weyport.example/a", "weyport.example/?p=1", "http://localhost:8000/a"])
def test_the_address_of_a_page_tells_it_apart(address: str) -> None:
    assert tells_apart(address_key(address))


@given(address=st.lists(PIECES).map("".join) | st.text())
def test_any_text_has_a_key_and_a_key_is_its_own(address: str) -> None:
    key = address_key(address)
    assert address_key(key) == key
