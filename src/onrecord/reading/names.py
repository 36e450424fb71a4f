"""What is the same name: how well two forms of a person's name fit, and which of several is the fullest.

One article calls a person by the full name, the family name, initials, a nickname and now and then a misspelling. How
two forms fit is decided from the two strings alone, so that a caller can weigh it with where they stand. What it
refuses to do: to look anybody up, and to decide between two people whom a form fits equally well.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import cache

from rapidfuzz.distance import OSA

from onrecord.intake import phrases as intake
from onrecord.reading.organisations import same_organisation
from onrecord.reading.pronouns import Gender
from onrecord.reading.titles import (
    Name,
    Word,
    bare,
    folded,
    honorific_gender,
    is_body,
    key,
    plain,
    unquoted,
    words_of,
)
from onrecord.reading.wordlists import lines, words

__all__ = ["Fit", "bare", "fits", "fullest", "honorific_gender", "key", "same_organisation", "sound"]

# From so many letters on a family name stays itself when it is spelt by its sound, with one edit and with two; shorter
# ones ("Reid", "Reed") are others.
RESPELT = 5
ONE_EDIT = 6
TWO_EDITS = 9

_GENERATIONS = {"jr", "sr"}
# Spellings of one sound in names that were put into Latin letters more than once, or that were misheard.
_SOUNDS = ((r"[yj]", "i"), (r"w", "v"), (r"ph", "f"), (r"[ck]h", "h"), (r"q|ck|c", "k"), (r"(.)\1+", r"\1"))


class Fit(IntEnum):
    """How well two names fit one person, best last. A given name alone, or a son's name, is a hint and no more."""

    NONE = 0
    GIVEN = 1
    FAMILY = 2
    INITIALS = 3
    VARIANT = 4
    FULL = 5


def fits(short: str, long: str) -> Fit:
    """How well two forms of a name fit one person; which of them stands first makes no difference."""
    a, b = words_of(short), words_of(long)
    if not a or not b or _are_he_and_she(short, long):
        return Fit.NONE
    if a == b or "".join(key(short)) == "".join(key(long)):
        return Fit.FULL
    (a, a_suffix), (b, b_suffix) = _parted(a), _parted(b)
    fit = _fit(*sorted((a, b), key=lambda name: (len(name), sum(map(len, name)))))
    if a_suffix == b_suffix:
        return fit
    with_suffix, without = (a, b) if a_suffix else (b, a)
    if (a_suffix and b_suffix) or len(with_suffix) < len(without):
        return Fit.NONE
    if len(without) == 1:
        return min(fit, Fit.FAMILY)
    # without "Jr." it rather is the father; numerals are left off
    return min(fit, Fit.GIVEN if {a_suffix, b_suffix} & _GENERATIONS else Fit.INITIALS)


def fullest(names: Iterable[str], *, person: bool = True) -> str:
    """The fullest of one bearer's names: the most words, then the most letters; a person's never in capitals alone."""
    forms = [form for form in (bare(name) if person else unquoted(name) for name in names) if form]
    if not forms:
        return ""
    full = max(forms, key=lambda form: (len(form.split()), len(form), not form.isupper()))
    cased = {folded(word): word for form in forms if not form.isupper() for word in form.split()}
    return " ".join(cased.get(folded(w)) or _in_lower(w) for w in full.split()) if person and full.isupper() else full


def _are_he_and_she(a: str, b: str) -> bool:
    """Whether titles tell that one is a man and one a woman."""
    return {honorific_gender(a), honorific_gender(b)} == {Gender.HE, Gender.SHE}


def _parted(of_name: Name) -> tuple[Name, str]:
    """The name without its "Jr." or "III", and that, empty where it has none."""
    suffix = "".join(of_name[-1])
    if len(of_name) > 1 and suffix in words("titles", "suffix"):
        return of_name[:-1], suffix
    return of_name, ""


def _fit(a: Name, b: Name) -> Fit:
    """How well two names without suffixes fit, the one with fewer words first."""
    if len(a) == 1 or a == b:
        return Fit.FULL if a == b else _fit_alone(a[0], b)
    halves, all_halves = sum(a, ()), sum(b, ())
    if halves == b[-1] or (halves == all_halves[-len(halves) :] and halves[0] in intake.words("name_particles")):
        return Fit.FAMILY
    if sorted(a) == sorted(b):
        return Fit.VARIANT
    if family := _family_fit(a[-1], b[-1]):
        given = _given_fit(a[:-1], b[:-1])
        return Fit.NONE if family is Fit.GIVEN and given is not Fit.FULL else min(given, max(family, Fit.VARIANT))
    return Fit.INITIALS if a == b[: len(a)] and not is_body(b[-1][-1]) else Fit.NONE


def _fit_alone(word: Word, of_name: Name) -> Fit:
    """How well one word fits a name of several: its family name, its given name or none."""
    family = _family_fit(word, of_name[-1])
    comes_first = len(of_name) > 1 and of_name[0] == word and word[0] in _printed_first()
    if family >= Fit.VARIANT or comes_first:
        return Fit.FAMILY
    if is_body(of_name[-1][-1]) or word[0] in intake.words("name_particles"):
        return Fit.NONE
    is_given = any(len(word[0]) > 1 and _is_same_given(word, other) for other in of_name[:-1])
    return Fit.GIVEN if is_given or family is Fit.GIVEN else Fit.NONE


def _family_fit(a: Word, b: Word) -> Fit:
    """How well two family names fit: FULL if the same or half of it, VARIANT respelt, GIVEN perhaps misspelt."""
    short, long = sorted((a, b), key=len)
    if a == b or "".join(a) == "".join(b) or (len(short) < len(long) and short[0] in long and len(short[0]) > 2):
        return Fit.FULL
    one, other = sorted(("".join(a), "".join(b)), key=len)
    if len(one) < RESPELT or one[0] != other[0] or other == f"{one}s":
        return Fit.NONE
    if sound(one) == sound(other):
        return Fit.VARIANT
    if len(one) < ONE_EDIT:
        return Fit.NONE
    limit = 2 if len(one) >= TWO_EDITS else 1
    return Fit.GIVEN if OSA.distance(one, other, score_cutoff=limit) <= limit else Fit.NONE


def _given_fit(a: Name, b: Name) -> Fit:
    """How well two lists of given names fit: the shorter has to stand in the longer in its order."""
    short, long = sorted((a, b), key=len)
    if _are_initials(short[1:]) and _are_initials(long[1:]) and short[1:] and short[1:] != long[1:]:
        return Fit.NONE
    fit, rest = (Fit.FULL if len(short) == len(long) else Fit.VARIANT), list(long)
    for word in short:
        while rest and not (own := _one_given_fit(word, rest[0])):
            rest.pop(0)
        if not rest:
            return Fit.NONE
        fit = min(fit, own)
        rest.pop(0)
    return fit


def _one_given_fit(a: Word, b: Word) -> Fit:
    if a == b:
        return Fit.FULL
    if _is_same_given(a, b):
        return Fit.VARIANT
    one, other = "".join(a), "".join(b)
    return Fit.INITIALS if 1 in {len(one), len(other)} and one[0] == other[0] else Fit.NONE


def _is_same_given(a: Word, b: Word) -> bool:
    """Whether two given names may be one person's: equal, a half, a nickname, or a slip that leaves the ending."""
    one, other = sorted(("".join(a), "".join(b)), key=len)
    if one == other or a[0] == b[0] != "" or _nicknames().get(one, set()) & _nicknames().get(other, set()):
        return True
    # the last letters tell Roberta from Robert
    return len(one) >= ONE_EDIT and one[0] == other[0] and one[-2:] == other[-2:] and OSA.distance(one, other) == 1


def _are_initials(of_name: Name) -> bool:
    return all(len("".join(word)) == 1 for word in of_name)


def sound(word: str) -> str:
    """The word with one letter for each sound that is spelt in several ways."""
    for spelling, letter in _SOUNDS:
        word = re.sub(spelling, letter, word)
    return word


def _in_lower(word: str) -> str:
    """A word in capitals as names are printed: "O'NEILL-MCBRIDE" is O'Neill-McBride; initials stay."""
    if "." in word or plain(word) in words("titles", "suffix"):
        return word
    lower = re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), word)
    return re.sub(r"\bMc(\w)", lambda match: f"Mc{match[1].upper()}", lower)


@cache
def _nicknames() -> Mapping[str, set[int]]:
    """Each given name with the numbers of the lines that hold it."""
    found: dict[str, set[int]] = defaultdict(set)
    for number, line in enumerate(lines("nicknames")):
        for name in line.split():
            found[name].add(number)
    return dict(found)


@cache
def _printed_first() -> frozenset[str]:
    return frozenset(name for line in lines("family_first") for name in line.split())
