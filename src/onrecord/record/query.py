"""What people type to search for, understood: words, "phrases", prefix*, -word, OR.

Nothing that anybody types is an error. What is no word (a stray quotation mark, an operator with nothing beside it, a
picture) counts for nothing; docs/search.md says what counts for what. No database is known here.
"""

import re
from collections.abc import Iterator
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
    """Words in a row as they were typed, at least one; of a `prefix` the last one may go on."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Every group has to be there with one of its terms, and none of the terms of `without`."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to look for."""
        return bool(self.groups)


def understood(typed: str) -> Query:
    """What is to be looked for."""
    groups: list[list[Term]] = []
    without: list[Term] = []
    negated = joined = False
    for chunk in list(_chunks(typed))[: 2 * MAX_TERMS]:
        if chunk in _NOT:
            negated = True
        elif chunk in _OR:
            joined = bool(groups)
        elif chunk not in _AND and (term := _term(chunk.lstrip(_MINUS))):
            if negated or chunk[0] in _MINUS:
                without.append(term)
            elif joined:
                groups[-1].append(term)
            else:
                groups.append([term])
            negated = joined = False
    telling = [group for group in groups if not all(map(_is_common, group))] or groups
    return Query(tuple(map(tuple, telling[:MAX_TERMS])), tuple(without[:MAX_TERMS]))


def _chunks(typed: str) -> Iterator[str]:
    """What was typed, cut at blanks outside of quotation marks; a mark without its pair is left out."""
    whole = typed.encode("utf-8", "replace").decode("utf-8")
    for match in _TYPED.finditer(whole.translate(_QUOTES)):
        yield match[0]


def _term(chunk: str) -> Term | None:
    if chunk.startswith('"'):
        words = chunk.strip('"')
        return Term(words) if _WORD.search(words) else None
    words = chunk.rstrip(".,;:!?)")
    return Term(words.rstrip("*"), prefix=words.endswith("*")) if _WORD.search(words) else None


def _is_common(term: Term) -> bool:
    """Whether the term is one word that nearly every paragraph has; a phrase in quotation marks may hold them."""
    return not term.prefix and term.words.casefold() in _common_words()


@cache
def _common_words() -> frozenset[str]:
    lines = (files("onrecord.record") / "data" / "common_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
