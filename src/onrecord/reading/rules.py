"""What rules know better than the model: quotations that run on without a cue, and answers to questions.

A paragraph that is nothing but a quotation, after one in which somebody is quoted, goes on with what was said there.
"Responded in the affirmative" says what the question before it asked.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.article import Article, ParagraphKind
from onrecord.quotations import Quotation
from onrecord.reading.decode import Attribution
from onrecord.span import Span
from onrecord.statement import Act, Form, SpeakerKind, Statement

COVERED = 0.5
RUNS_ON = 0.6
_ASSENT = re.compile(
    r"\b(?P<cue>responded|responds|answered|answers|replied|replies)\s+(?P<content>in\s+the\s+(?:affirmative|negative))\b"
)
_BRIEF = re.compile(
    r"(?:in the (?:affirmative|negative)|yes|no|(?:absolutely|of course|certainly)(?: not)?|not at all)\b(?!\s+\w)",
    re.IGNORECASE,
)
_AGREES = re.compile(r"\b(?:agreed|confirmed|nodded|affirmed|denied|disagreed)\b", re.IGNORECASE)
_REPLIES = re.compile(r"\b(?:answer|repl|respond|declin|refus|retort|demur)", re.IGNORECASE)
_ASKERS = frozenset({SpeakerKind.OUTLET, SpeakerKind.AUTHOR})
_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"  # a word with a capital, accented or not
_SUBJECT = re.compile(rf"(?:\b{_NAME}(?:\s+{_NAME})*|[Hh]e|[Ss]he|[Tt]hey|[Tt]he\s+\w+)\s+$")
SUBJECT_CHARS = 60
ANSWER_CHARS = 400


def continued(article: Article, found: Sequence[Attribution], quotations: Sequence[Quotation]) -> list[Attribution]:
    """Quotations that fill their paragraph, that nobody is yet said to have said, and that follow a quoted one.

    What is attributed inside such a quotation is part of it and says nothing about who is quoted.
    """
    filling = {q.span for q in quotations if q.depth == 0}
    contents = _by_paragraph(article, [c for a in found for c in a.content])
    cues = _by_paragraph(article, [c for a in found for c in a.cue])
    quotes = _by_paragraph(article, [q.span for q in quotations])
    added: list[Attribution] = []
    after_quotation = False
    for i, paragraph in enumerate(article.paragraphs):
        span = paragraph.span
        own = [] if span in filling and cues[i] else contents[i]
        is_quotation = paragraph.kind is ParagraphKind.BODY and span in filling
        runs_on = after_quotation and is_quotation and _covered(span, own) < COVERED
        if runs_on:
            added.append(Attribution(source=(), cue=(), content=(span,), cue_score=RUNS_ON, span_score=1.0))
        after_quotation = runs_on or any(q.meets(c) for q in quotes[i] for c in own)
    return added


def _by_paragraph(article: Article, spans: Iterable[Span]) -> list[list[Span]]:
    """For each paragraph the spans that begin in it."""
    starts = [p.span.start for p in article.paragraphs]
    groups: list[list[Span]] = [[] for _ in starts]
    for span in spans:
        groups[bisect_right(starts, span.start) - 1].append(span)
    return groups


def assents(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """The brief answers ("responded in the affirmative") that the model passed over."""
    added = []
    for match in _ASSENT.finditer(text):
        content = Span(*match.span("content"))
        if any(content.meets(c) for a in found for c in a.content):
            continue
        begin = max(0, match.start() - SUBJECT_CHARS)
        subject = _SUBJECT.search(text[begin : match.start()])
        source = (
            (Span(begin + subject.start(), begin + len(subject.group().rstrip()) + subject.start()),) if subject else ()
        )
        added.append(Attribution(source, (Span(*match.span("cue")),), (content,), cue_score=1.0, span_score=1.0))
    return added


def answered(text: str, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, each outermost one that answers the question right before it pointing to it."""
    outermost = [i for i, statement in enumerate(statements) if statement.parent is None]
    found = list(statements)
    for question, i in pairwise(outermost):
        if _answers(text, statements[question], statements[i]):
            found[i] = replace(statements[i], answers=question)
    return found


def _answers(text: str, question: Statement, statement: Statement) -> bool:
    if statement.content[0].start - question.content[-1].end > ANSWER_CHARS or not _is_question(text, question):
        return False
    return _is_assent(text, statement) or (_are_two(question, statement) and _is_reply(text, question, statement))


def _are_two(question: Statement, statement: Statement) -> bool:
    """Whether one asks and another speaks; a question without a source is somebody else's."""
    asks = question.speaker.name if question.speaker else None
    return statement.speaker is not None and statement.speaker.name != asks


def _is_reply(text: str, question: Statement, statement: Statement) -> bool:
    """Whether the words say that it replies, or the two take turns: by labels, or with nothing between the two."""
    cue = " ".join(span.of(text) for span in statement.cue)
    if _REPLIES.search(cue) or not question.source:
        return True
    asked_by = question.speaker.kind if question.speaker else None
    return cue == ":" or (asked_by in _ASKERS and statement.form is Form.DIRECT)


def _is_question(text: str, statement: Statement) -> bool:
    return statement.act is Act.ASK or statement.content[-1].of(text).rstrip("\"”’' ").endswith("?")


def _is_assent(text: str, statement: Statement) -> bool:
    content = statement.content[0].of(text).lstrip("\"“‘' ")
    cue = " ".join(span.of(text) for span in statement.cue)
    return bool(_BRIEF.match(content)) or (bool(_AGREES.search(cue)) and statement.form is Form.INDIRECT)


def _covered(span: Span, contents: Sequence[Span]) -> float:
    """The share of the span's characters that lie in one of the contents."""
    return sum(max(0, min(span.end, c.end) - max(span.start, c.start)) for c in contents) / len(span)
