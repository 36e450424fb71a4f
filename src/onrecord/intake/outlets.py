"""Whether words of a head name an outlet.

An outlet is known by its name in the list of outlets, by a word that outlets bear ("Observer", "News"), or, where the
place in a byline leaves little else, by its "The". A name that may be something else's too ("Phoenix", "Forbes") is in
doubt, and what is in doubt is none: no outlet is better than a town. Platforms publish nobody's reports.
"""

import re

from onrecord.intake.phrases import words
from onrecord.outlets import OutletKind, outlet_named

_MAX_WORDS = 7
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_NOT_IN_NAME = re.compile(r"[\d\"“”?!:;]")


def is_outlet(name: str) -> bool:
    """Whether a name shows by itself that it is an outlet's."""
    known = outlet_named(name)
    if known or _ADDRESS.fullmatch(name):
        return known is None or known.kind is not OutletKind.PLATFORM
    of_name = name.split()
    if not _looks_like_name(of_name):
        return False
    n_telling = sum(_plain(word) in words("outlet_words") for word in of_name)
    n_own = sum(_plain(word) not in words("outlet_words") | words("byline_roles") for word in of_name)
    # "Fenwick Wire" and "The Wire" are outlets, "World News" is a desk
    return n_telling > 0 and n_own > 0


def outlet_of(part: str) -> str | None:
    """The outlet that a part of a byline names; its writer's post is left off: "Fenwick Wire Staff Writer"."""
    of_part = part.split()
    if of_part and _plain(of_part[-1]) in words("byline_posts"):
        while of_part and _plain(of_part[-1]) in words("byline_posts") | words("byline_roles"):
            of_part.pop()
    name = " ".join(of_part)
    with_article = len(of_part) > 1 and of_part[0] == "The" and of_part[1] not in words("the_places")
    return name if is_outlet(name) or _is_agency(name) or (with_article and _looks_like_name(of_part)) else None


def _is_agency(name: str) -> bool:
    """Whether it is an agency's in a byline, where most names that people bear too are one: "Bloomberg"."""
    known = outlet_named(name, in_context=True)
    return known is not None and known.kind is OutletKind.AGENCY


def _looks_like_name(of_name: list[str]) -> bool:
    """Whether all words are capitalised, but for small ones inside, and none is a post or a number."""
    return (
        0 < len(of_name) <= _MAX_WORDS
        and of_name[-1] not in words("small_words")
        and all(word[0].isupper() or word == "&" or word in words("small_words") for word in of_name)
        and not any(_NOT_IN_NAME.search(word) or _plain(word) in words("byline_posts") for word in of_name)
    )


def _plain(word: str) -> str:
    return word.lower().strip(".,")
