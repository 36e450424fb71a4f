"""Pronouns, and what they tell of those they stand for: whether one or many, and he, she or it.

A table and nothing else: whom a pronoun stands for in a text is not decided here.
"""

from dataclasses import dataclass
from enum import StrEnum


class Gender(StrEnum):
    """The pronoun that stands for somebody, as far as the words tell."""

    HE = "he"
    SHE = "she"
    IT = "it"
    UNKNOWN = "unknown"


class Number(StrEnum):
    """Whether one or several are meant, as far as the words tell."""

    SINGULAR = "singular"
    PLURAL = "plural"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun tells; `person` is 1, 2 or 3. "They" may stand for one, but mostly does not."""

    person: int
    number: Number
    gender: Gender = Gender.UNKNOWN


_TABLE = (
    ("i me my mine myself", Pronoun(1, Number.SINGULAR)),
    ("we us our ours ourselves", Pronoun(1, Number.PLURAL)),
    ("you your yours", Pronoun(2, Number.UNKNOWN)),
    ("yourself", Pronoun(2, Number.SINGULAR)),
    ("yourselves", Pronoun(2, Number.PLURAL)),
    ("he him his himself", Pronoun(3, Number.SINGULAR, Gender.HE)),
    ("she her hers herself", Pronoun(3, Number.SINGULAR, Gender.SHE)),
    ("it its itself", Pronoun(3, Number.SINGULAR, Gender.IT)),
    ("they them their theirs themselves", Pronoun(3, Number.PLURAL)),
    ("one oneself", Pronoun(3, Number.SINGULAR)),
    ("who whom whose that", Pronoun(3, Number.UNKNOWN)),
    ("which", Pronoun(3, Number.UNKNOWN, Gender.IT)),
)
PRONOUNS = {word: pronoun for words, pronoun in _TABLE for word in words.split()}


def pronoun_of(phrase: str) -> Pronoun | None:
    """What a phrase that is a pronoun and nothing else tells; none for every other phrase."""
    return PRONOUNS.get(phrase.strip(" \t\n,.;:\"“”'’").casefold())
