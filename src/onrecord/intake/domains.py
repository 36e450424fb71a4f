"""The registered domain of a host or an address, by which an outlet's site is known whatever stands before it.

No rule tells below which endings domains are registered ("co.uk", "com.au"); the Public Suffix List does, which
publicsuffixlist ships. It counts hosts of blogs among them, so that every blog is a site of its own. Nothing is
fetched, and nobody is asked whether there is such a domain.
"""

# ruff: noqa: PLC0415 - the list takes 15 to 30 ms to load, and texts from files have no domain

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_HOST = re.compile(r"(?:(?:[a-z][a-z\d+.-]*:)?//(?:[^/?#@]*@)?)?([^\s/?#:@\[\]]+)(?::\d*)?(?=[/?#]|$)", re.IGNORECASE)
# What ends in a figure is an IP address.
_NAME = re.compile(r"[a-z\d_.-]*\.[a-z][a-z\d-]*")


def registered_domain(host_or_address: str) -> str | None:
    """The registered domain, in small letters and in the ASCII form that addresses have: "weyport-ledger.co.uk".

    None where there is none: for an IP address, "localhost", a mailbox, an ending alone, and what is no host at all.
    """
    match = _HOST.match(host_or_address.strip())
    if match is None:
        return None
    try:
        host = match[1].lower().encode("idna").decode("ascii").rstrip(".")
        # The list knows endings by their letters; both forms of it would take three times as long to load.
        domain = _suffixes().privatesuffix(host.encode("ascii").decode("idna"))
    except UnicodeError:  # no name that a host can have
        return None
    if domain is None or not _NAME.fullmatch(host):
        return None
    return ".".join(host.split(".")[-domain.count(".") - 1 :])


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_encoded_idn=False)
