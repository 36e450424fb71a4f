"""The turns of a transcript: paragraphs that begin with who is speaking and a colon.

"WALLACE: Will she be there?" says who asks and what, with nothing left to learn. A colon alone is no sign: only an
article in which two or more people take turns is a transcript. A turn goes on in the paragraphs behind it, up to the
next one; what stands in brackets alone ("(CROSSTALK)") is nobody's words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.article import Article, Paragraph, ParagraphKind
from onrecord.reading.decode import Attribution
from onrecord.reading.named import Name, NameKind
from onrecord.span import Span
from onrecord.statement import Statement

_NAME = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*"
_LABEL = re.compile(rf"[\"“”]?(?P<label>{_NAME}(?:\s{_NAME}){{0,3}})(?P<colon>:)\s+(?=\S)")
_ASIDE = re.compile(r"[\"“”]?[(\[][^()\[\]]*[)\]]\.?[\"“”]?")
_MARKS = '"“”'
LEAST_SPEAKERS = 2
LEAST_TURNS = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: who takes it as printed, and what is said, paragraph by paragraph."""

    label: Span
    colon: Span
    content: tuple[Span, ...]

    @property
    def whole(self) -> Span:
        """From its label to its last word."""
        return Span(self.label.start, self.content[-1].end)

    def attribution(self) -> Attribution:
        """The turn as an attribution, of which nothing is in doubt."""
        return Attribution((self.label,), (self.colon,), self.content, cue_score=1.0, span_score=1.0)


def turns(article: Article) -> list[Turn]:
    """The turns in the order of the text, none where the article is no transcript."""
    labels = {p.span: match for p in article.paragraphs if (match := _label(article.text, p))}
    counts = Counter(match["label"] for match in labels.values())
    often = [label for label, n in counts.items() if n > 1]
    in_capitals = all(label.isupper() for label in counts)
    needed = counts if in_capitals else often
    if len(labels) < LEAST_TURNS or len(needed) < LEAST_SPEAKERS:
        return []
    chosen = {span: match for span, match in labels.items() if in_capitals or match["label"] in often}
    return list(_turns(article, chosen))


def without(found: Sequence[Attribution], taken: Sequence[Turn]) -> list[Attribution]:
    """The attributions that take nothing from a turn: those outside all of them, and those inside one's words."""
    return [a for a in found if all(_is_apart(a, turn) for turn in taken)]


def with_labels(names: Sequence[Name], taken: Sequence[Turn]) -> list[Name]:
    """The names, in their order, and the labels among them that are none yet: who takes turns is a person."""
    kept = [name for name in names if not any(name.span.meets(turn.label) for turn in taken)]
    return sorted([*kept, *(Name(turn.label, NameKind.PERSON) for turn in taken)])


def dated(statements: Sequence[Statement], taken: Sequence[Turn]) -> list[Statement]:
    """The statements, the turns' with the time of the one that introduces the transcript."""
    labels = {turn.label for turn in taken}
    found: list[Statement] = []
    introduction: Statement | None = None
    for statement in statements:
        is_turn = statement.parent is None and not labels.isdisjoint(statement.source)
        if is_turn and introduction and statement.when is None:
            found.append(replace(statement, when=introduction.when, said=introduction.said))
            continue
        found.append(statement)
        if not is_turn and statement.parent is None:
            introduction = statement
    return found


def _label(text: str, paragraph: Paragraph) -> re.Match[str] | None:
    start, end = paragraph.span.start, paragraph.span.end
    return _LABEL.match(text, start, end) if paragraph.kind is ParagraphKind.BODY else None


def _turns(article: Article, labels: dict[Span, re.Match[str]]) -> Iterator[Turn]:
    """Each label's turn, with the paragraphs that go on with it."""
    text, current = article.text, None
    last = max(labels)
    for paragraph in article.paragraphs:
        span = paragraph.span
        if match := labels.get(span):
            if current:
                yield current
            current = Turn(Span(*match.span("label")), Span(*match.span("colon")), (Span(match.end(), span.end),))
        elif current and not _ASIDE.fullmatch(span.of(text)):
            is_quoted = text[span.start] in _MARKS
            goes_on = is_quoted if text[max(0, current.label.start - 1)] in _MARKS else span < last
            if paragraph.kind is ParagraphKind.BODY and goes_on:
                current = replace(current, content=(*current.content, span))
            else:
                yield current
                current = None
    if current:
        yield current


def _is_apart(found: Attribution, turn: Turn) -> bool:
    spans = (*found.source, *found.cue, *found.content)
    outside = not any(span.meets(turn.whole) for span in spans)
    return outside or any(all(part.holds(span) for span in spans) for part in turn.content)
