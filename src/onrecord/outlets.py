"""The news outlets of the world that reports cite, and whether words or an address name one.

Intake asks which outlet published a report, reading who is speaking and through whom. The outlets are data, one a line
of data/outlets.csv; the list says nothing of what an outlet is worth, and leaves out nobody for it.

A form that is also an ordinary word or another thing's name ("Time", "The Hill") is ambiguous: it counts only where the
caller knows that an outlet is meant. Where it may mean several, as "the Post" does, none is chosen here; the caller
sees what the article named before. What is not in the list is not recognised, for a wrong name is worse than none.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from urllib.parse import urlsplit


class OutletKind(StrEnum):
    """What an outlet is."""

    AGENCY = "agency"
    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    PROGRAMME = "programme"
    SITE = "site"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet, by its proper name; behind a name that others bear too stands in brackets which it is.

    `aliases` name it anywhere, `ambiguous_aliases` only where an outlet is meant; the name itself may be one of them.
    `domains` are registered domains, or hosts of its own below a shared one. `country` is where it is based (ISO 3166),
    but for an outlet in exile the country that it reports on. `broadcaster` is who airs a programme, by name.
    """

    name: str
    kind: OutletKind
    aliases: tuple[str, ...]
    ambiguous_aliases: tuple[str, ...]
    domains: tuple[str, ...]
    country: str
    broadcaster: str | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of naming an outlet: its words in their own case, without accents and punctuation."""

    outlet: Outlet
    words: tuple[str, ...]


_KIND_BEHIND = re.compile(r"(?P<name>.+?)(?: news)? (?P<kind>agency|magazine|newspaper|programme)", re.IGNORECASE)
_OWNER_BEFORE = re.compile(r"(?P<owner>.+?)(?:['’]s|(?<=s)['’]) (?P<name>.+)")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$", re.IGNORECASE)
_UNACCENTED = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "ð": "d"}
_SPELT_OUT = str.maketrans({"&": " and ", "+": " plus ", **_UNACCENTED})
_SILENT = re.compile(r"[.'’‘!]|[\u0300-\u036f]")
_WORD = re.compile(r"[^\W_]+")

# A name counts as misspelt where a letter is missing, added, changed or swapped with the next inside a long word, and
# only one in so many of the name's. First and last letters stay: "Politics" is not Politico. Of the 74,358 runs of
# capitalised words in the training parts of PolNeAR, GUM and EWT and in the open web pages none is taken for a
# misspelling then; a name of one word of eight letters would take eight, seven of them wrongly (Westwood for Westword).
_MIN_LETTERS_OF_CHANGED_WORD = 6
_MIN_LETTERS_OF_ONE_WORD = 10
_LETTERS_PER_EDIT = 8
_MAX_EDITS = 2


def outlet_named(words: str, *, in_context: bool = False) -> Outlet | None:
    """The outlet that the words name, by its name, an alias or an address; none where it may be several.

    Accents, punctuation, "the" in front and a possessive ending are left aside, but what the name capitalises has to be
    capitalised. `in_context`: an outlet is meant, so that ambiguous aliases count.
    """
    found, is_sure = _named(words)
    return found[0] if len(found) == 1 and (is_sure or in_context) else None


def candidates(words: str) -> tuple[Outlet, ...]:
    """Every outlet that the words may name where they name one: "the Times" gives all that are called so."""
    return _named(words)[0]


def outlet_at(address_or_domain: str) -> Outlet | None:
    """The outlet whose site an address or a host belongs to; none for a mailbox."""
    address = address_or_domain.strip().rstrip(".")
    try:
        host = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # an address that is none: an unpaired square bracket
        return None
    labels = [] if "@" in host.netloc or " " in host.netloc else (host.hostname or "").split(".")
    at = (_by_domain().get(".".join(labels[i:])) for i in range(len(labels) - 1))
    return next((outlet for outlet in at if outlet), None)


def outlet_like(words: str) -> Outlet | None:
    """The outlet whose name the words misspell: "Berliner Zietung"; none for a right name, or where two are as near."""
    written = _bare(_words(_POSSESSIVE.sub("", words)))
    if candidates(words):
        return None
    near = _by_initials().get(_key([word[0] for word in written]), ())
    edits = [(n, form.outlet) for form in near if (n := _edits(form.words, written))]
    nearest = {outlet for n, outlet in edits if n == min(n for n, _ in edits)}
    return nearest.pop() if len(nearest) == 1 else None


@cache
def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet of the list, which is read when first asked for."""
    text = resources.files("onrecord").joinpath("data", "outlets.csv").read_text(encoding="utf-8")
    return tuple(map(_outlet, csv.reader(text.splitlines()[1:])))


def _outlet(row: list[str]) -> Outlet:
    """One line of the list, whose columns are an outlet's fields in their order."""
    name, kind, *lists, country, broadcaster = row
    aliases, ambiguous_aliases, domains = (tuple(filter(None, cell.split("; "))) for cell in lists)
    return Outlet(name, OutletKind(kind), aliases, ambiguous_aliases, domains, country, broadcaster or None)


def _named(words: str) -> tuple[tuple[Outlet, ...], bool]:
    """The outlets that the words may name, and whether they do so without a context."""
    at = outlet_at(words) if "." in words else None
    sure = (at,) if at else _of_forms(words, _sure()) or _with_company(words)
    return (sure, True) if sure else (_of_forms(words, _ambiguous()), False)


def _with_company(words: str) -> tuple[Outlet, ...]:
    """The outlets that a name and what stands beside it name: "Time magazine", "ABC's This Week"."""
    match = _KIND_BEHIND.fullmatch(_POSSESSIVE.sub("", words)) or _OWNER_BEFORE.fullmatch(words)
    if match is None:
        return ()
    found = _of_forms(match["name"], _sure()) or _of_forms(match["name"], _ambiguous())
    if match.re is _KIND_BEHIND:
        return tuple(outlet for outlet in found if outlet.kind == match["kind"].lower())
    aired = ((outlet, _words(outlet.broadcaster)[0]) for outlet in found if outlet.broadcaster)
    return tuple(outlet for outlet, by in aired if by in _words(match["owner"])[:1])


def _of_forms(words: str, forms: dict[str, list[_Form]]) -> tuple[Outlet, ...]:
    """The outlets with a form that the words are, first without a possessive ending: "Time's", but "Barron's"."""
    for reading in dict.fromkeys((_POSSESSIVE.sub("", words), words)):
        written = _words(reading)
        found = [form.outlet for form in forms.get(_key(written), ()) if _cased_as(form.words, written)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _cased_as(form: Sequence[str], written: Sequence[str]) -> bool:
    """Whether each word is capitalised that the form capitalises, an acronym whole."""
    return all(
        of_form == of_form.lower() or (word.isupper() if of_form.isupper() else word != word.lower())
        for of_form, word in zip(form, written, strict=True)
    )


def _edits(form: Sequence[str], written: Sequence[str]) -> int:
    """By how many letters the words misspell a form; 0 where they are no misspelling of it."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - imports stay cheap, and few articles misspell an outlet

    limit = min(_MAX_EDITS, sum(map(len, form)) // _LETTERS_PER_EDIT)
    edits = 0
    for right, word in zip(map(str.lower, form), map(str.lower, written), strict=True):
        if right != word:
            if len(right) < _MIN_LETTERS_OF_CHANGED_WORD or right[-1] != word[-1] or not word.isalpha():
                return 0
            edits += OSA.distance(right, word, score_cutoff=limit)
    return edits if edits <= limit and _cased_as(form, written) else 0


@cache
def _by_domain() -> dict[str, Outlet]:
    return {domain: outlet for outlet in all_outlets() for domain in outlet.domains}


@cache
def _written() -> tuple[_Form, ...]:
    """Every name and alias as it stands in the list, but for the ambiguous ones."""
    return tuple(
        _Form(outlet, words)
        for outlet in all_outlets()
        for words in map(_words, (outlet.name, *outlet.aliases))
        if _key(words) not in {_key(_words(alias)) for alias in outlet.ambiguous_aliases}
    )


@cache
def _ambiguous() -> dict[str, list[_Form]]:
    """Forms that name an outlet only in a context: "The Hill" (not "Hill"), "Economist" (not "The Economist")."""
    forms: dict[str, list[_Form]] = defaultdict(list)
    sure = {_key(form.words) for form in _written()}
    for outlet in all_outlets():
        for words in map(_words, outlet.ambiguous_aliases):
            either = _either(_Form(outlet, words))
            for key, form in either if words == _bare(words) else either[1:]:
                if key not in sure:
                    forms[key].append(form)
    return dict(forms)


@cache
def _sure() -> dict[str, list[_Form]]:
    """Forms that name an outlet anywhere."""
    forms: dict[str, list[_Form]] = defaultdict(list)
    for key, form in (each for written in _written() for each in _either(written)):
        if key not in _ambiguous():
            forms[key].append(form)
    return dict(forms)


@cache
def _by_initials() -> dict[str, list[_Form]]:
    """Forms that may be recognised when misspelt, by the initials of their words."""
    forms: dict[str, list[_Form]] = defaultdict(list)
    for written in _written():
        words = _bare(written.words)
        if len(words) > 1 or len(words[0]) >= _MIN_LETTERS_OF_ONE_WORD:
            forms[_key([word[0] for word in words])].append(_Form(written.outlet, words))
    return dict(forms)


def _either(form: _Form) -> list[tuple[str, _Form]]:
    """The form without and with "the", each with its key."""
    bare = _bare(form.words)
    return [(_key(words), _Form(form.outlet, words)) for words in (bare, ("the", *bare))]


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0].lower() == "the" else words


def _words(name: str) -> tuple[str, ...]:
    letters = unicodedata.normalize("NFKD", name.translate(_SPELT_OUT))
    return tuple(_WORD.findall(_SILENT.sub("", letters)))


def _key(words: Sequence[str]) -> str:
    return " ".join(words).casefold()
