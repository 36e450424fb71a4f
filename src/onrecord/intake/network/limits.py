"""How long, how large and how often: the bounds of everything that is fetched."""

from dataclasses import dataclass

from onrecord.intake.text import MAX_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds; times in seconds, `max_bytes` of what is left once a body is unpacked.

    `connect_s` and `read_s` bound one silence, `total_s` all of one address with its redirects and the robots.txt on
    the way, so that a server cannot hold a run by a byte a second; waiting on purpose does not count. `pause_s` lies
    between two pages of one site, longer where its robots.txt asks for it, up to `longest_pause_s`. A site that is too
    busy is waited for once, up to `longest_wait_s`.
    """

    connect_s: float = 10.0
    read_s: float = 30.0
    total_s: float = 120.0
    max_bytes: int = MAX_BYTES
    n_redirects: int = 10
    pause_s: float = 1.0
    longest_pause_s: float = 30.0
    longest_wait_s: float = 30.0
