"""Whether somebody who is accused is heard: speaks, is spoken for, or is said to have been asked.

By the statements that were read, and by the words around the name as well, so that an answer which the reader missed
is not taken for silence.
"""

import re
from collections.abc import Iterator

from onrecord.checking.material import Material
from onrecord.span import Span
from onrecord.statement import Statement

_FIRST_WORDS = frozenset(
    "The A An In On At It He She They We I You But And When If As By For With From This That".split()
)
_STAND_INS = re.compile(
    r"\b(?:its|his|her|their|the)\b.*\b(?:lawyer|attorney|spokes\w+|agent|representative)s?\b|\bcompany|\bfirm"
)
# Words by which somebody near a name is none of theirs: "one of its former drivers", "a rival of Falk's".
_AGAINST = re.compile(
    r"\b(?:former|ex|one[- ]time|rivals?|opponents?|critics?|victims?|tenants?|neighbours?|neighbors?|customers?|"
    r"patients?|widow|ex-\w+|opposition|against|whistle-?blowers?|employees?|workers?|pupils|students?|teachers?)\b",
    re.IGNORECASE,
)
_ANSWERS = (
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|dismiss(?:es|ed)|disput(?:es|ed)|repl(?:ies|ied)|answer(?:s|ed)|respond(?:s|ed)|"
    r"declin(?:es|ed)|apologi[sz](?:es|ed)|admit(?:s|ted)|insist(?:s|ed)|countered|told|says|said|wrote|laughed|shrugged|"
    r"called the|did not|didn['’]t|has not|had not|could not be|was not available|hung up|refused)"
)
_ROLE = r"(?:[a-z]+(?:[ -][a-z]+){0,2})"
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_OF_SUBJECT = 3
BESIDE_CHARS = 70
LOOKED_BACK_CHARS = 500


def is_heard(material: Material, accused: str, *, by: Statement | None) -> bool:
    """Whether the accused, or somebody for them, speaks or was asked; `by` is the statement that accuses."""
    names = telling(accused) | _other_names(material, accused)
    accuser = by.speaker.name if by and by.speaker else None
    for statement in material.statements:
        if statement is by or (accuser and statement.speaker and statement.speaker.name == accuser):
            continue
        if (
            statement.source
            and material.quoted[statement.source[0].start]
            and material.quoted[statement.cue[0].start if statement.cue else 0]
        ):
            continue  # inside somebody else's words
        if _is_theirs(material, statement, names):
            return True
    asked = " ".join(" ".join((*r.of, material.words(r.span))) for r in material.article.comment_requests)
    return bool(names & telling(asked)) or _answers(material, names, but=by)


def telling(words: str) -> set[str]:
    """The words of a name, or of a phrase, that tell whom it means."""
    found = re.findall(r"[^\W\d_]{3,}", words)
    names = {word.lower() for word in found if word[0].isupper() and word not in _FIRST_WORDS}
    return names or {word.lower() for word in found[-1:]}


def _is_theirs(material: Material, statement: Statement, names: set[str]) -> bool:
    """Whether a statement is one of the accused's, or of somebody for them."""
    source = material.words(*statement.source)
    own = telling(statement.speaker.name) if statement.speaker else set()
    if names & own:
        return True
    if names & (telling(source) | set(source.lower().split())) and not _AGAINST.search(source):
        return True
    if _STAND_INS.search(source.lower()) and _stands_before(material, names, statement):
        return True
    return statement.speaker is not None and any(
        names & telling(around) and not _AGAINST.search(around)
        for around in _appositions(material, statement.speaker.name)
    )


def _stands_before(material: Material, names: set[str], statement: Statement) -> bool:
    """Whether the accused is named within some sentences before "their lawyer"."""
    place = statement.source[0].start
    before = material.article.text[max(0, place - LOOKED_BACK_CHARS) : place].lower()
    return any(name in before for name in names)


def _appositions(material: Material, name: str) -> Iterator[str]:
    """What the text says right beside a name to tell who it is: "Penhallow engineer", ", who leads the Fund"."""
    text = material.article.text
    last = re.escape(name.rpartition(" ")[2])
    before = rf"(?P<before>[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*?(?:['’]s?)?,?\s{_ROLE},?\s)"
    behind = rf"(?P<behind>,\s(?:the|an?|its|their|who|head|chief|{_ROLE})\b[^.;,“\"]{{2,{BESIDE_CHARS}}})"
    full = rf"(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,2}}{last}"
    for match in re.finditer(rf"(?:{before})?{full}(?:{behind})?", text):
        yield from (words for words in (match["before"], match["behind"]) if words)


def _other_names(material: Material, accused: str) -> set[str]:
    """What else the text calls the accused: "the landlord" for "the landlord, Pavel Rhys", and the other way round."""
    text, found = material.article.text, set[str]()
    if accused[0].islower() or accused.startswith(("The ", "Its ", "His ", "Her ", "Their ")):
        role = re.escape(accused.rsplit(maxsplit=1)[-1])
        for match in re.finditer(rf"\b{role},?\s(?P<name>[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)+)", text):
            found |= telling(match["name"])
    if accused.startswith(("Its ", "Their ")):
        before = material.sentences[max(0, _index_of(material, accused) - 1)]
        found |= {word.lower() for word in _LONG_WORD.findall(before.of(text))[:_MOST_OF_SUBJECT]}
    return found


def _index_of(material: Material, words: str) -> int:
    """Which sentence begins with these words."""
    return next((n for n, span in enumerate(material.sentences) if material.words(span).startswith(words)), 0)


def _answers(material: Material, names: set[str], *, but: Statement | None) -> bool:
    """Whether the text has the accused right before a verb of answering, outside the accusation."""
    text = material.article.text
    taken: tuple[Span, ...] = (*but.content,) if but else ()
    for name in names:
        for match in re.finditer(
            rf"\b{re.escape(name)}\b(?:['’]s\s\w+)?,?\s(?:\w+\s)?{_ANSWERS}\b", text, re.IGNORECASE
        ):
            if not any(span.start <= match.start() < span.end for span in taken):
                return True
    return False
