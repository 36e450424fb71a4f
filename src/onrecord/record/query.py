"""What people type to search for, understood: words, "phrases", prefix*, -word, OR.

Nothing that anybody types is an error. What is no word (a stray quotation mark, an operator with nothing beside it, a
picture) counts for nothing; docs/search.md says what counts for what. No database is known here.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# Porter cuts these; a prefix that reaches into one ("administrat*") is not the beginning of the stem ("administr").
ENDINGS = tuple("e y s al or ed ing ion ive ity ness ment able ation".split())
# By more names than these a speaker is not looked for among the words: the statements themselves tell it.
MAX_NAMES = 30
# What is typed beyond it counts for nothing: nobody types that much, and a pasted article would take SQLite too far.
MAX_TERMS = 40
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»〝〞＂", '"') | {"\x00": " "})
_TYPED = re.compile(r'[-–−]?"[^"]*"|[^\s"]+')
_WORD = re.compile(r"[^\W_]+")
_OR, _AND, _NOT = ("OR", "|", "||"), ("AND", "&", "&&"), ("NOT",)
_MINUS = "-–−"


@dataclass(frozen=True, slots=True)
class Term:
    """Words in a row as they were typed, at least one; of a `prefix` the last one may go on.

    A `phrase` stood in quotation marks.
    """

    words: str
    prefix: bool = False
    phrase: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Every group has to be there with one of its terms, and none of the terms of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.groups)

    def strict(self) -> "Query | None":
        """What has to be there to the word: the phrases; none if there is none."""
        phrases = tuple(group for group in self.groups if any(term.phrase for term in group))
        return Query(phrases) if phrases else None


def understood(typed: str) -> Query:
    """What is to be looked for."""
    groups: list[list[Term]] = []
    without: list[Term] = []
    for term, how in _terms(typed):
        if how in _NOT:
            without.append(term)
        elif how in _OR and groups:
            groups[-1].append(term)
        else:
            groups.append([term])
    telling = [group for group in groups if not all(map(_is_common, group))] or groups
    return Query(tuple(map(tuple, telling[:MAX_TERMS])), tuple(without[:MAX_TERMS]))


def running(typed: str) -> str:
    """What is to be looked for as running words, common ones with them: what its meaning is taken from."""
    return " ".join(term.words for term, how in list(_terms(typed))[:MAX_TERMS] if how not in _NOT)


def telling(words: Sequence[str]) -> list[str]:
    """Those of some words that not nearly every paragraph has; all of them where there are no others."""
    return [word for word in words if word.casefold() not in _common_words()] or list(words)


def _terms(typed: str) -> Iterator[tuple[Term, str]]:
    """Each term, with the operator before it, if any: one of `_NOT` or of `_OR`."""
    how = ""
    for chunk in list(_chunks(typed))[: 2 * MAX_TERMS]:
        if chunk in _NOT or (chunk in _OR and how not in _NOT):
            how = chunk
        elif chunk not in (*_AND, *_OR) and (term := _term(chunk.lstrip(_MINUS))):
            yield term, _NOT[0] if chunk[0] in _MINUS else how
            how = ""


def _chunks(typed: str) -> Iterator[str]:
    """What was typed, cut at blanks outside of quotation marks; a mark without its pair is left out."""
    whole = typed.encode("utf-8", "replace").decode("utf-8")
    for match in _TYPED.finditer(whole.translate(_QUOTES)):
        yield match[0]


def _term(chunk: str) -> Term | None:
    if chunk.startswith('"'):
        words = chunk.strip('"')
        return Term(words, phrase=True) if _WORD.search(words) else None
    words = chunk.rstrip(".,;:!?)")
    return Term(words.rstrip("*"), prefix=words.endswith("*")) if _WORD.search(words) else None


def _is_common(term: Term) -> bool:
    """Whether the term is one word that nearly every paragraph has; a phrase in quotation marks may hold them."""
    return not term.prefix and term.words.casefold() in _common_words()


@cache
def _common_words() -> frozenset[str]:
    lines = (files("onrecord.record") / "data" / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
