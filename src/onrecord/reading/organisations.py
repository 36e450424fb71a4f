"""When two names are one organisation's: acronyms, legal forms, "the", "U.S.", "Justice Department".

Two names of organisations are the same or they are not; nothing is compared by likeness, because "Ministry of Defence"
and "Ministry of Finance" look alike. What it refuses to do: to tell which organisation "the committee" is short for,
which only the article knows.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from onrecord.reading.titles import MAX_CACHED, folded, is_body, unquoted
from onrecord.reading.wordlists import phrases, words

Tokens = tuple[str, ...]

MAX_ACRONYM = 7

_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to", "a", "at", "de"})
_HEADS = frozenset({"department", "ministry"})
_SPELLINGS = (
    (r"\bunited states\b(?! of)", "us"),
    (r"(?<=[a-z])is(?=ations?\b|ing\b|ed\b)", "iz"),
    (r"\bdefence\b", "defense"),
    (r"\bcentre\b", "center"),
    (r"\blabour\b", "labor"),
    (r"\bdept\b", "department"),
)


@lru_cache(MAX_CACHED)
def same_organisation(a: str, b: str) -> bool:
    """Whether two names are one organisation's."""
    if not _forms(a).isdisjoint(_forms(b)):
        return True
    return _acronym(a) in _initials(b) or _acronym(b) in _initials(a) or _are_one_staff(_tokens(a), _tokens(b))


def organisation_keys(name: str) -> frozenset[str]:
    """What the name shares at least one of with every other name that `same_organisation` takes for its own."""
    tokens = _tokens(name)
    staff = tokens[-2:] if tokens[-1:] and tokens[-1] in words("organisations", "staff") else ()
    forms = {" ".join(form) for form in (*_forms(name), staff) if form}
    return frozenset(forms | _initials(name) | {_acronym(name)}) - {"-"}


def _tokens(name: str) -> Tokens:
    """The words of the name, folded, without its possessive endings; "U.S." and "United States" are one word, "us"."""
    text = re.sub(r"['’](?:s\b|(?=\s|$))", "", folded(unquoted(name)).replace("&", " and ").replace(".", ""))
    for spelling, ours in _SPELLINGS:
        text = re.sub(spelling, ours, text)
    return tuple(word for word in re.findall(r"\w+", text) if word != "the")


@lru_cache(MAX_CACHED)
def _forms(name: str) -> frozenset[Tokens]:
    """The token sequences that stand for the name."""
    tokens = _tokens(name)
    if not tokens:
        return frozenset()
    found = {tokens, _head_last(tokens)}
    if tokens[0] == "us" and len(tokens) > 1 and is_body(_head_last(tokens)[-1]):
        found |= {tokens[1:], _head_last(tokens[1:])}
    found |= {form for own in tuple(found) if (form := _without_legal_form(own))}
    return frozenset(found.union(*(names for names in _known_as() if not names.isdisjoint(found))))


def _head_last(tokens: Tokens) -> Tokens:
    """The words with their department behind what it is of: "Department of Justice" as "Justice Department"."""
    i = int(tokens[0] == "us")
    if len(tokens) > i + 2 and tokens[i] in _HEADS and tokens[i + 1] in {"of", "for"}:
        return (*tokens[:i], *tokens[i + 2 :], tokens[i])
    return tokens


def _without_legal_form(tokens: Tokens) -> Tokens:
    end = len(tokens)
    while end > 1 and (tokens[end - 1] in words("organisations", "legal") or tokens[end - 1] == "and"):
        end -= 1
    return tokens[:end]


def _acronym(name: str) -> str:
    """The letters of a name that is an acronym; of every other name what no name's initials are."""
    own = re.sub(r"^[Tt]he ", "", unquoted(name))
    letters = "".join(filter(str.isalnum, own))
    is_spaced = " " in own and not re.fullmatch(r"(?:[A-Z]\. ?)+", f"{own}.")
    is_acronym = 1 < len(letters) <= MAX_ACRONYM and sum(map(str.isupper, letters)) > 1 and not is_spaced
    return folded(letters) if is_acronym else "-"


@lru_cache(MAX_CACHED)
def _initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have, with and without its small words and its head."""
    tokens = _tokens(name)
    return frozenset(initials for own in _spelt_out(tokens) if len(initials := "".join(own)) > 1)


def _spelt_out(tokens: Tokens) -> Iterator[list[str]]:
    if len(tokens) < 2:
        return
    last = tokens[-1]
    head_first = (last, "of", *tokens[:-1]) if last in _HEADS else tokens
    for own in (tokens, head_first):
        for base in (own, own[1:] if own[0] in {"us", *_HEADS} and len(own) > 2 else own):
            yield ["us" if word == "us" else word[0] for word in base]
            yield ["us" if word == "us" else word[0] for word in base if word not in _SMALL]


def _are_one_staff(a: Tokens, b: Tokens) -> bool:
    """Whether both are the campaign, the administration or the like of one person: "Hask campaign", "Dora Hask's"."""
    short, long = sorted((a, b), key=len)
    return len(short) > 1 and short[-1] in words("organisations", "staff") and short == long[-len(short) :]


@cache
def _known_as() -> tuple[frozenset[Tokens], ...]:
    """The sets of names that are one organisation's by the list."""
    sets = (names for names, label in phrases("organisations").items() if label == "also")
    return tuple(
        frozenset(form for name in names.split(" = ") for form in {_tokens(name), _head_last(_tokens(name))})
        for names in sets
    )
