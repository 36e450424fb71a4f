"""Addresses as text: which may be fetched at all, and where a redirect leads.

Only http and https lead to news. Whether a host may be connected to is not decided here but where its name is
resolved, since a name tells nothing of it.
"""

import re

import httpx

from onrecord.errors import InputError, Outcome, shown

_SCHEMES = ("http", "https")
_EXAMPLE = "https://weyport-ledger.example/harbour"
# httpx has seen to IPv6 addresses, which alone have colons, and to names in other scripts, which it spells in ASCII.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?|[\da-f.]*:[\da-f:.]*", re.ASCII)
_MAX_PORT = 65535


def checked(address: str, *, source: str) -> httpx.URL:
    """The address, ready to be fetched, without its fragment. Raises InputError for what no news is fetched from."""
    try:
        url = httpx.URL(address.strip())
    except httpx.InvalidURL as error:
        raise _refused(f"not an address: {shown(address)} ({error}); it looks like {_EXAMPLE}", source) from error
    if url.scheme not in _SCHEMES:
        raise _refused(f"only http and https addresses are fetched, not {shown(address)}; {_EXAMPLE} is one", source)
    if url.userinfo:
        # Nothing of the address is shown: it holds the password.
        raise _refused("an address with a user name in it is not fetched, as others would see it; take it out", source)
    host = url.raw_host.decode("ascii")
    if not _HOST.fullmatch(host) or not 0 < (url.port or 1) <= _MAX_PORT:
        raise _refused(f"not an address: {shown(address)} has no proper host; it looks like {_EXAMPLE}", source)
    return url.copy_with(fragment=None)


def redirected(url: httpx.URL, location: str, *, source: str) -> httpx.URL:
    """Where a redirect from `url` leads. Raises InputError where that is nothing that may be fetched."""
    try:
        return checked(str(url.join(location)), source=source)
    except (InputError, httpx.InvalidURL, ValueError) as error:
        raise InputError(
            f"{url.netloc.decode('ascii')} sends on to {shown(location)}, which cannot be followed ({error})",
            source=source,
            outcome=Outcome.UNREACHABLE,
        ) from error


def _refused(message: str, source: str) -> InputError:
    return InputError(message, source=source, outcome=Outcome.NOT_FOUND)
