"""The zones of a page, by what its elements are called: navigation, related stories, captions, forms to sign up.

A site names its elements for its own style sheets, so a name is a hint and never proof; what the hints are worth is
learned from pages whose articles are known.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

_OF_TAG = {
    "nav": "navigation",
    "footer": "navigation",
    "aside": "aside",
    "figure": "caption",
    "figcaption": "caption",
    "form": "sign_up",
    "address": "byline",
}


@cache
def zone_names() -> tuple[str, ...]:
    """Every zone, in the order of data/page_zones.txt."""
    return tuple(_patterns())


@lru_cache(maxsize=8192)  # a site gives its elements few names, and every page of it the same
def zones_of(tag: str, names: str) -> frozenset[str]:
    """The zones that an element's tag and its class and id, lower-cased, speak for."""
    found = {zone for zone, pattern in _patterns().items() if pattern.search(names)} if names else set()
    if zone := _OF_TAG.get(tag):
        found.add(zone)
    return frozenset(found)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = files("onrecord.intake").joinpath("data", "page_zones.txt").read_text(encoding="utf-8")
    rows = (line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#"))
    return {zone: re.compile(expression) for zone, expression in rows}
