"""Whether words of a head name an outlet.

An outlet is known by its name in data/outlets.txt, by a word that outlets bear ("Observer", "News"), or, where the
place in a byline leaves little else, by its "The". Places and persons are not told from outlets by looking them up, so
what is in doubt is none: no outlet is better than a town.
"""

import re
from functools import cache

from onrecord.intake.phrases import entries, words

_MAX_WORDS = 7
_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
_NOT_IN_NAME = re.compile(r"[\d\"“”?!:;]")


def is_outlet(name: str) -> bool:
    """Whether a name shows by itself that it is an outlet's."""
    if name.lower().removeprefix("the ").rstrip(".") in _known() or _ADDRESS.fullmatch(name):
        return True
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
    return name if is_outlet(name) or (with_article and _looks_like_name(of_part)) else None


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


@cache
def _known() -> frozenset[str]:
    return frozenset(entry.lower() for entry in entries("outlets"))
