"""How sure a clause is of what it says, by rules and the word lists of data/certainty.txt.

A clause asserts where nothing weakens it. What weakens it is found by its words and by the statement that it stands in;
a clause may be weakened in several ways at once ("He said it might"). Whether what it says is so is not asked.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from onrecord.checking.material import Material
from onrecord.checking.wordlists import pattern
from onrecord.span import Span
from onrecord.statement import Act, Statement


class Certainty(StrEnum):
    """How a clause puts what it says."""

    ASSERTED = "asserted"
    ATTRIBUTED = "attributed"
    HEDGED = "hedged"
    CONDITIONAL = "conditional"
    NEGATED = "negated"
    FUTURE = "future"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Mark:
    """One way in which a clause is not plainly asserted, and the words that show it."""

    certainty: Certainty
    span: Span


MOST_LOWER = 0.6  # of its words with a capital, and a heading is in title case
BEHIND_CHARS = 60  # behind a clause, where its cue may stand
_BY_WORDS = (Certainty.ASKED, Certainty.HEDGED, Certainty.CONDITIONAL, Certainty.FUTURE, Certainty.NEGATED)
_QUESTION = re.compile(r"\?[\"”’')\]]*\s*$")
# "Could not" says that something was not so.
_NEARLY = re.compile(
    r"\b(?:(?:is|are|was|were|be)\s+)?(?:close to|on the verge of|on the brink of|near to|not far from|on the point of)"
    r"\s+(?:\w+ing|an?\b|the\b)|\b(?:nears|nearing)\b|\bnear\s+an?\b",
    re.IGNORECASE,
)
# "The quarry may grow, the committee decided": a permission.
_ALLOWED = re.compile(
    r"\b(?:decided|ruled|approved|allowed|granted|permitted|permission|permit|licen[cs]e)\b", re.IGNORECASE
)
_COULD_NOT = re.compile(r"could(?=\s+not\b|n['’]t\b)", re.IGNORECASE)


def marks_of(material: Material, clause: Span) -> tuple[Mark, ...]:
    """Everything that weakens a clause, in the order of the kinds; nothing where it is plainly asserted."""
    found = [Mark(kind, span) for kind in _BY_WORDS for span in weakening(material.article.text, clause, kind=kind)]
    if statement := holder(material, clause):
        cue = statement.cue[0] if statement.cue else clause
        found.append(Mark(Certainty.ASKED if statement.act is Act.ASK else Certainty.ATTRIBUTED, cue))
    if _QUESTION.search(clause.of(material.article.text)):
        found.append(Mark(Certainty.ASKED, clause))
    return tuple(found)


def certainty_of(material: Material, clause: Span) -> Certainty:
    """How a clause puts what it says: what weakens it by its own words comes before that it is attributed."""
    found = marks_of(material, clause)
    return found[0].certainty if found else Certainty.ASSERTED


def weakening(text: str, clause: Span, *, kind: Certainty) -> list[Span]:
    """The words of a clause that weaken it in one way."""
    words = clause.of(text).split()
    in_title_case = sum(word[0].isupper() for word in words) > MOST_LOWER * len(words)
    expressions = [pattern("certainty", kind), *([_NEARLY] if kind is Certainty.HEDGED else [])]
    return [
        Span(*match.span())
        for expression in expressions
        for match in expression.finditer(text, clause.start, clause.end)
        # "May", and words of names
        if (in_title_case or match.start() == clause.start or not match.group()[0].isupper())
        and not _COULD_NOT.match(text, match.start())
        and not (match.group().lower() == "may" and _ALLOWED.search(text, clause.start, clause.end + BEHIND_CHARS))
    ]


def holder(material: Material, clause: Span) -> Statement | None:
    """The outermost statement whose content holds more than half of a clause."""
    for statement in material.statements:
        inside = sum(min(c.end, clause.end) - max(c.start, clause.start) for c in statement.content if c.meets(clause))
        if 2 * inside > len(clause):
            return statement
    return None
