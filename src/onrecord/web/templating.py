"""The templates, which escape everything, and what they know besides what they are handed."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.exchange.ways_svg import STYLE
from onrecord.exchange.wording import day_words
from onrecord.span import Span

_ASSETS = {"style.css": "text/css; charset=utf-8", "script.js": "text/javascript; charset=utf-8"}


def rendered(template: str, **values: object) -> str:
    """The template with these values."""
    return _environment().get_template(template).render(**values)


def asset(name: str) -> tuple[str, str] | None:
    """The style sheet or the script, and what it is; none for any other name."""
    return (_asset_text(name), _ASSETS[name]) if name in _ASSETS else None


def cut_at(words: str, spans: Sequence[Span]) -> list[tuple[str, bool]]:
    """The words in pieces, each with whether a span marks it."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for span in spans:
        pieces += [(words[at : span.start], False), (words[span.start : span.end], True)]
        at = span.end
    return [(text, marked) for text, marked in (*pieces, (words[at:], False)) if text]


@cache
def _environment() -> Environment:
    loaders = ChoiceLoader([PackageLoader("onrecord.web"), PackageLoader("onrecord.exchange")])
    environment = Environment(
        loader=loaders, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"day": day_words, "cut_at": cut_at, "counted": "{:,}".format}
    environment.globals |= {"asset_address": _asset_address, "picture_style": Markup(STYLE)}  # noqa: S704 - it is ours
    return environment


@cache
def _asset_text(name: str) -> str:
    if name.endswith(".css"):
        return _environment().get_template(name).render()
    return (files("onrecord.web") / "static" / name).read_text(encoding="utf-8")


@cache
def _asset_address(name: str) -> str:
    """Where the style sheet or the script is; another address when it changes, so that a browser may keep it."""
    return f"/static/{name}?v={hashlib.sha256(_asset_text(name).encode()).hexdigest()[:12]}"
