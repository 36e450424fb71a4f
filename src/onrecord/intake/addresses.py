"""One key for all the addresses of one page.

A page goes by many addresses: as http and https, with and without "www.", with what a newsletter or a social network
hangs onto it, in its AMP and its mobile form. The key is what is left when all that is taken off. It is made for
comparing, not for fetching, and asks nothing of the network. Which parameters and hosts do not tell which page is meant
stands in data files; what is not in them stays, since to have two keys for one page costs less than to take two pages
for one.
"""

import re
from contextlib import suppress
from urllib.parse import quote, unquote, unquote_to_bytes

from onrecord.intake.phrases import pattern, words

_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OTHER_SCHEME = re.compile(r"[a-z][a-z\d+.-]*://", re.IGNORECASE)
_AMP_CACHE = re.compile(r"(?:[^/]+\.)?cdn\.ampproject\.org/(?:wp/)?[cv]/(?:s/)?(?=[^/]+\.)", re.IGNORECASE)
_AMP_VIEWER = re.compile(r"(?:www\.)?(?:google|bing)\.[a-z.]{2,6}/amp/(?:s/)?(?=[^/]+\.)", re.IGNORECASE)
# A story's name may end in "-amp"; a file's does not.
_AMP_ENDING = re.compile(r"(?<=.)(?:\.amp$|[.-]amp(?=\.html?$))", re.IGNORECASE)
_DEFAULT_PORT = re.compile(r"\.?(?::(?:80|443)?)?$")
_INDEX = re.compile(r"(?:index|default)\.(?:html?|php|aspx?|jsp|cfm)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^;]*", re.IGNORECASE)
# Characters that mean something else when they are encoded; of all others both forms mean the same.
_DELIMITER = re.compile(r"(%(?:2[3567BF]|3[BDF]))", re.IGNORECASE)
_PLAIN = "!$'()*,-.:;@_~"
_HOST_LABELS = 2
# Far more than the forms that are met inside one another, such as an AMP page in a search engine's frame.
_MAX_ROUNDS = 10


def address_key(url: str) -> str:
    """One key for all the addresses of one page, "host/path?parameters"; any text has one, and a key is its own.

    An address of another scheme ("file://…") stays as it is.
    """
    key = url
    for _ in range(_MAX_ROUNDS):
        before, key = key, _reduced(key)
        if key == before:
            break
    return key


def tells_apart(key: str) -> bool:
    """Whether a key is that of one page. A site's front, or "n/a", many articles state as their address by mistake."""
    site, separator, _ = key.partition("?" if "/" not in key else "/")
    return separator != "" and ("." in site or ":" in site)


def _reduced(address: str) -> str:
    """The address without the outermost of what does not tell which page is meant."""
    address = address.strip()
    scheme = _SCHEME.match(address)
    if scheme is None and _OTHER_SCHEME.match(address):
        return address
    bare = _unframed(address[scheme.end() :] if scheme else address).replace("&amp;", "&").partition("#")[0]
    site_and_path, _, query = bare.partition("?")
    site, _, path = site_and_path.partition("/")
    key = "/".join((_host(site), *_segments(path)))
    parameters = _parameters(query)
    return f"{key}?{parameters}" if parameters else key


def _unframed(bare: str) -> str:
    """The address that an AMP cache or viewer shows, whose question mark the viewer encodes."""
    if viewer := _AMP_VIEWER.match(bare):
        return unquote(bare[viewer.end() :])
    cache = _AMP_CACHE.match(bare)
    return bare[cache.end() :] if cache else bare


def _host(site: str) -> str:
    host = _DEFAULT_PORT.sub("", site.rpartition("@")[2].lower())
    if not host.isascii():
        with suppress(UnicodeError):  # what no host can be called has a key all the same
            host = host.encode("idna").decode("ascii").lower()
    labels = host.split(".")
    front = [label for label in labels[:-_HOST_LABELS] if label not in words("address_hosts")]
    return ".".join((*front, *labels[-_HOST_LABELS:]))


def _segments(path: str) -> list[str]:
    found: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del found[-1:]
        elif segment not in {"", "."} and segment.lower() != "amp":
            found.append(_encoded(_SESSION.sub("", segment), safe="&=+"))
    if found:
        found[-1] = _AMP_ENDING.sub("", found[-1])
        if _INDEX.fullmatch(found[-1]):
            found.pop()
    return found


def _parameters(query: str) -> str:
    kept = []
    for parameter in query.replace("+", "%20").split("&"):
        plain = unquote(parameter)
        told_by = (plain, plain.partition("=")[0])
        if parameter and not any(map(pattern("address_parameters").fullmatch, told_by)):
            name, equals, value = parameter.partition("=")
            kept.append(_encoded(name, safe="/?") + equals + _encoded(value, safe="/?="))
    return "&".join(sorted(kept))


def _encoded(part: str, *, safe: str) -> str:
    """The part with every character in one form: encoded, with capitals, where it has to be, and else bare."""
    chunks = _DELIMITER.split(part)
    return "".join(
        chunk.upper() if number % 2 else quote(unquote_to_bytes(chunk.encode("utf-8", "surrogatepass")), safe + _PLAIN)
        for number, chunk in enumerate(chunks)
    )
