"""What a source is: a person, a body, an outlet, a document, or somebody who is not named.

The noun that heads a phrase decides, by the list data/source_nouns.txt, and a name's own words decide what bears it.
What it refuses to do: to say whom a phrase means. "The minister" is somebody unnamed here, and whom the article calls
so is found elsewhere; `is_role` says which nouns are worth looking for.
"""

import re
from functools import lru_cache

from onrecord.intake.outlets import is_outlet
from onrecord.outlets import OutletKind, candidates, outlet_named
from onrecord.reading.named import NameKind
from onrecord.reading.phrases import LONGEST_NOUN, described, head_noun, is_noun, noun_phrase, number_of, singular
from onrecord.reading.pronouns import PRONOUNS, Gender, pronoun_of
from onrecord.reading.titles import MAX_CACHED, honorific_gender, is_body
from onrecord.reading.wordlists import phrases, words
from onrecord.statement import SpeakerKind

__all__ = [
    "PRONOUNS",
    "described",
    "gender_of",
    "head_noun",
    "is_noun",
    "is_role",
    "kind_of_name",
    "kind_of_phrase",
    "number_of",
]

_CASE = re.compile(r"\bvs?\.? ")
# A "paper" with a year, authors or a subject is no newspaper.
_PUBLISHED = re.compile(r"\d{4}|\b(?:by|on|about|published|research|discussion|academic|scientific)\b")
_GROUPS = {
    "organisation": SpeakerKind.ORGANISATION,
    "document": SpeakerKind.DOCUMENT,
    "outlet": SpeakerKind.OUTLET,
}


@lru_cache(MAX_CACHED)
def kind_of_phrase(phrase: str) -> SpeakerKind:
    """What a phrase that names nobody means: a document, a body, an outlet, and else somebody unnamed."""
    of_phrase = noun_phrase(phrase)
    group = _group(of_phrase)
    if of_phrase[-1:] == ["paper"] and (_PUBLISHED.search(phrase) is not None):
        return SpeakerKind.DOCUMENT
    if group == "organisation" and of_phrase[-1].lower() != singular(of_phrase[-1]):
        return SpeakerKind.UNNAMED  # "rival campaigns", "the companies": bodies that nobody names one by one
    return _GROUPS.get(group, SpeakerKind.UNNAMED)


def kind_of_name(name: str, name_kind: NameKind) -> SpeakerKind:
    """What bears a name; a place stands for those who govern it ("Moscow"), and "Iranians" are nobody by name."""
    last = name.strip().rpartition(" ")[2]
    group = _group(name.split())
    if _is_known_outlet(name, name_kind):
        return SpeakerKind.OUTLET
    if name_kind is NameKind.PERSON and not is_body(last):
        return SpeakerKind.PERSON
    if _CASE.search(name) or last.casefold() in words("phrase_words", "document_name"):
        return SpeakerKind.DOCUMENT
    if group != "organisation" and is_outlet(name):
        return SpeakerKind.OUTLET
    is_people = singular(last) != last.casefold() or group in {"role", "people"}
    if name_kind is NameKind.OTHER and is_people and not any(map(is_body, name.split())):
        return SpeakerKind.UNNAMED
    return SpeakerKind.ORGANISATION


def _is_known_outlet(name: str, name_kind: NameKind) -> bool:
    """Whether the list has the name, platforms aside; what may be something else too counts where a body bears it."""
    found = candidates(name) if name_kind is NameKind.ORGANISATION else (outlet_named(name),)
    return any(outlet is not None and outlet.kind is not OutletKind.PLATFORM for outlet in found)


@lru_cache(MAX_CACHED)
def is_role(noun: str) -> bool:
    """Whether a noun or two, of one or of several, can point to somebody whom the article names: "the minister"."""
    return _group(noun.split()) in {"role", "reporter"}


@lru_cache(MAX_CACHED)
def gender_of(phrase: str) -> Gender:
    """Whether the phrase's head, or the title before a name, is said of a man or of a woman; a pronoun tells too."""
    if pronoun := pronoun_of(phrase):
        return pronoun.gender
    own = singular(head_noun(phrase))
    if own in words("gendered_nouns", "neither"):
        return Gender.UNKNOWN
    if own in words("gendered_nouns", "she") or own.endswith("woman"):
        return Gender.SHE
    if own in words("gendered_nouns", "he") or own.endswith("man"):
        return Gender.HE
    return Gender.UNKNOWN if is_noun(own) else honorific_gender(phrase)


def _group(of_phrase: list[str]) -> str:
    """The group in the list of the longest noun that the words end with; empty where the list has none."""
    nouns = phrases("source_nouns")
    if of_phrase and of_phrase[-1].endswith("-year-old"):
        return "role"
    for length in range(min(LONGEST_NOUN, len(of_phrase)), 0, -1):
        *before, head = (word.lower() for word in of_phrase[-length:])
        for form in (head, singular(head)):
            if group := nouns.get(" ".join([*before, form])):
                return group
    return ""
