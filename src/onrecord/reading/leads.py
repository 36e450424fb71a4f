"""What a word leads to: "told" to an outlet, "at" to a rally, "with" to an outlet if there was an interview before it.

A lead opens a place for a venue; whether one stands there is for others to see. The words are data
(data/occasion_words.txt), and so are the kinds of occasion behind each (data/occasions.txt).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from onrecord.reading.wordlists import lines, words

NEAR = 8  # words between an interview and the outlet that it was given to
CLAUSE = 12  # words between a rally and the "where" that says what was said there


@dataclass(frozen=True, slots=True)
class Lead:
    """What may follow a word: `occasions` is the word in data/occasions.txt whose kinds may.

    `outlets` may, `loose`ly by names that others bear too; `titles` in quotation marks; `bodies` that listen. A
    `selective` lead takes no outlet that another noun follows ("in a Tide poll"); `gives` marks what a speaker makes.
    """

    occasions: str = ""
    outlets: bool = False
    loose: bool = False
    titles: bool = False
    bodies: bool = False
    selective: bool = False
    gives: bool = False


def used_as(use: str) -> frozenset[str]:
    """The words of data/occasion_words.txt that have this use."""
    return words("occasion_words", use)


def lead_of(line: Sequence[str], i: int) -> Lead | None:
    """What the word at `i` leads to among the words of a line, which are in lower case."""
    word, before = line[i], line[max(0, i - NEAR) : i]
    lead = _leads().get(word)
    if word in ("with", "on"):
        is_met = not used_as("meets").isdisjoint(before)
        return replace(lead or Lead(), outlets=is_met or word == "on", loose=is_met)
    if word in ("for", "in"):
        is_written = not used_as("writes").isdisjoint(before)
        return replace(lead or Lead(), outlets=is_written or word == "in", loose=is_written)
    if word == "to":
        is_spoken = before[-1:] and before[-1] in used_as("speaks") | used_as("takes")
        return Lead(outlets=bool(is_spoken), loose=True, bodies=not used_as("addresses").isdisjoint(before[-1:]))
    if word == "by":
        return Lead("by", outlets=before[-1:] == ["interviewed"], loose=True)
    if word in used_as("holds") and {"where", "which"}.isdisjoint(line[i : i + CLAUSE]):
        return None
    return lead


@cache
def _leads() -> Mapping[str, Lead]:
    """What words lead to wherever they stand."""
    leads = {
        "on": Lead("on", titles=True, selective=True),
        "in": Lead("in", selective=True),
        "during": Lead("during", outlets=True, titles=True),
        "via": Lead("via", outlets=True),
        **{preposition: Lead(preposition) for preposition in ("at", "over", "through", "into")},
        **dict.fromkeys(used_as("tells"), Lead("told", outlets=True, loose=True)),
        **dict.fromkeys(used_as("holds") | used_as("shapes"), Lead("held", gives=True)),
        **dict.fromkeys(used_as("gives"), Lead("gave", gives=True)),
    }
    return MappingProxyType(leads)


@cache
def kinds_after(lead: str) -> frozenset[tuple[str, ...]]:
    """The kinds of occasion, as tuples of lower-case words, that `lead` may lead to."""
    keyed = (line.partition(": ") for line in lines("occasions"))
    kinds = [kind for leads, _, listed in keyed if lead in leads.split() for kind in listed.split(", ")]
    return frozenset(tuple(form.split()) for kind in kinds for form in (kind, _plural(kind)))


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in "aeo":
        return f"{noun[:-1]}ies"
    return noun if noun.endswith("s") else f"{noun}{'es' if noun.endswith(('ch', 'x')) else 's'}"
