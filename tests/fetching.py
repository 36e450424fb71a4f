"""What the tests of fetching share: a page, small limits, and how a failure is looked at."""

import pytest

from onrecord.errors import InputError
from onrecord.intake.fetch import Fetcher, Limits

HARBOUR = "<p>“The harbour stays open,” said Mayor Jorun Falk.</p>".encode()
HASTY = Limits(max_bytes=1024**2, pause_s=0)
MODIFIED = "Wed, 15 Jan 2020 08:00:00 GMT"


def refused(fetcher: Fetcher, address: str) -> InputError:
    """The error with which fetching an address ends."""
    with pytest.raises(InputError) as caught:
        fetcher.get(address)
    assert caught.value.source == address
    return caught.value
