"""When two names in different articles are one person's, organisation's or outlet's, and when they may be.

Inside one article a family name goes with the full name that it is short for; between articles only a full name tells
who is meant. So there is the certain, two names with one key, and the doubtful, for which a reason is given in words so
that a person can decide. What it refuses to do: to decide.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from onrecord.intake.outlets import is_outlet
from onrecord.outlets import candidates, outlet_like, outlet_named
from onrecord.reading.given import is_given_name
from onrecord.reading.names import Fit, bare, fits, key, same_organisation, sound
from onrecord.reading.organisations import organisation_keys
from onrecord.reading.titles import MAX_CACHED, folded, is_body, unquoted
from onrecord.statement import SpeakerKind

# Shorter names differ by a letter and are two people's: "Ana Lim", "Ada Lim".
FEWEST_LETTERS = 8
_SEVERAL = re.compile(r"\band\b|&|/")
BEARERS = (SpeakerKind.PERSON, SpeakerKind.ORGANISATION, SpeakerKind.OUTLET)


def proper_name(name: str, kind: SpeakerKind) -> str:
    """The name by which somebody is known: an outlet's as the list has it, everybody else's without titles."""
    if kind is SpeakerKind.PERSON:
        return bare(name) or name
    outlet = _outlet(name) if kind is SpeakerKind.OUTLET else None
    return outlet or " ".join(name.split())


@lru_cache(MAX_CACHED)
def certain_key(name: str, kind: SpeakerKind) -> str | None:
    """What two names share if they are certainly one bearer's; none for a name that does not tell who is meant.

    A person's has two words at least. "Ada and Tom Lim" are two, "the Times" may be several outlets: neither tells.
    """
    if kind is SpeakerKind.PERSON:
        if _SEVERAL.search(name):
            return None
        of_name = key(name)
        alone = folded(bare(name))  # "Pope Leo": the title is part of how he is called
        return " ".join(of_name) if len(of_name) > 1 else (alone if " " in alone else None)
    if kind is SpeakerKind.OUTLET:
        if outlet := _outlet(name):
            return _without_the(outlet)
        if candidates(name):
            return None
    return _without_the(name) or None


def blocks(name: str, kind: SpeakerKind) -> frozenset[str]:
    """What a name shares at least one of with every name that it may be taken for: few candidates, none missed.

    A person's: the sound of the family name; the first given name with the family name's first letter, for misspelt
    family names; all the words in order of the alphabet, for family names that come first.
    """
    if kind is not SpeakerKind.PERSON:
        return organisation_keys(name)
    of_name = key(name)
    if len(of_name) < 2:
        return frozenset()
    given, *_, family = of_name
    return frozenset({f"={sound(family)}", f"{given} {family[0]}", " ".join(sorted(of_name))})


def reason(a: str, b: str, kind: SpeakerKind) -> str | None:
    """Why two names may be one bearer's, in words; none where nothing speaks for it."""
    if kind is not SpeakerKind.PERSON:
        return _of_bodies(a, b) if same_organisation(a, b) else None
    fit = fits(a, b)
    return next(_of_people(a, b), None) if fit >= Fit.INITIALS or _a_letter_apart(a, b) else None


def kind_of_via(name: str) -> SpeakerKind | None:
    """What passes words on, by its name alone: an outlet, a person; none where the name does not tell."""
    if not name[:1].isupper() and _outlet(name) is None:
        return None
    if _outlet(name) or outlet_like(name) or is_outlet(name):
        return SpeakerKind.OUTLET
    of_name = bare(name).split()
    is_person = len(of_name) > 1 and is_given_name(of_name[0]) and not is_body(of_name[-1])
    return SpeakerKind.PERSON if is_person else None


def _of_bodies(a: str, b: str) -> str:
    short, long = sorted((a, b), key=len)
    if " " not in short and " " in long:
        return f"“{short}” may be short for “{long}”"
    return f"“{a}” and “{b}” are ways of writing one name"


def _of_people(a: str, b: str) -> Iterator[str]:
    """The reasons why two names may be one person's, the most telling first."""
    one, other = (tuple(map(str.title, key(name))) for name in (a, b))
    if "".join(one).casefold() == "".join(other).casefold():
        yield "the same letters, written apart in one of them"
    if sorted(one) == sorted(other):
        yield "the same names in another order"
    if one[-1] == other[-1]:
        yield _of_given(one[:-1], other[:-1])
    if sound(one[-1].casefold()) == sound(other[-1].casefold()) and one[:-1] == other[:-1]:
        yield f"the same given name, and family names that sound alike: “{one[-1]}” and “{other[-1]}”"
    if one[:-1] == other[:-1]:
        yield f"the same given name, and family names nearly alike: “{one[-1]}” and “{other[-1]}”"
    yield f"“{a}” and “{b}” may be two spellings of one name"


def _of_given(one: tuple[str, ...], other: tuple[str, ...]) -> str:
    """Why two lists of given names before the same family name may be one person's."""
    short, long = sorted((one, other), key=len)
    if len(short) < len(long) and all(name in long for name in short):
        rest = " ".join(name for name in long if name not in short)
        return f"the same name, in one of them with “{rest}” as well"
    pair = next(((x, y) for x, y in zip(one, other, strict=False) if x != y), (one[0], other[0]))
    if 1 in map(len, pair):
        return f"the same family name, and the initial of “{max(pair, key=len)}”"
    if len(one) == len(other) == 1 and OSA.distance(*pair) == 1:
        return f"the same family name, and given names a letter apart: “{pair[0]}” and “{pair[1]}”"
    return f"the same family name, and “{pair[0]}” may be another form of “{pair[1]}”"


def _a_letter_apart(a: str, b: str) -> bool:
    """Whether one letter is all that two full names differ in, and not a last one: "Paul" is not "Paula"."""
    one, other = key(a), key(b)
    if len(one) != len(other) or len(one) < 2 or min(len("".join(one)), len("".join(other))) < FEWEST_LETTERS:
        return False
    same_edges = all(x[0] == y[0] and x[-1] == y[-1] for x, y in zip(one, other, strict=True))
    return same_edges and OSA.distance(" ".join(one), " ".join(other), score_cutoff=1) == 1


def _outlet(name: str) -> str | None:
    found = outlet_named(name, in_context=True)
    return found.name if found else None


def _without_the(name: str) -> str:
    return folded(" ".join(unquoted(name).split())).removeprefix("the ")
