"""What an article is called that came from an address; pure text, for whoever has an address, fetched or not."""

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BEHIND_PATH = re.compile(r"[?#].*", re.DOTALL)


def id_of(address: str) -> str:
    """The address without scheme, "www.", query, fragment and the slash at its end; "weyport-ledger.example/harbour".

    Any text has one, so that an address out of an archive or a feed needs no check before.
    """
    place = _BEHIND_PATH.sub("", _SCHEME.sub("", address.strip(), count=1))
    host, slash, path = place.rstrip("/").partition("/")
    return host.lower().removeprefix("www.") + slash + path
