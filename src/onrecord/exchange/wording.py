"""What is known of a statement and of a request for comment, in words for people; the terminal and the page share them.

A statement's speaker is told in a way that shows how we know: nothing beside the name where the source names it, the
source's own words where they point to it, and plainly that nobody is known where that is so.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from onrecord.article import Article, CommentRequest, ParagraphKind
from onrecord.span import spoken
from onrecord.statement import Days, KnownBy, Speaker, SpeakerKind, Statement

UNKNOWN = "speaker unknown"
NO_SOURCE = "no source"
BESIDE_REPORT = "beside the report"
# Below it the speaker's own confidence is shown: more than one in ten of these names is wrong, so that a look pays.
SURE = 0.9
_BESIDE = (ParagraphKind.RELATED, ParagraphKind.PROMOTION)
REMARKS = {SpeakerKind.UNNAMED: "not named", SpeakerKind.AUTHOR: "the author"}


@dataclass(frozen=True, slots=True)
class Who:
    """Who says it: a name to be shown first and strong, its right spelling where that differs, and how we know.

    `how` is "" where the source names the speaker, else "(by the pronoun “he”)", "(goes on)" or what a description goes
    on with; `remark` is what to know of the speaker besides, or "".
    """

    name: str
    proper: str | None = None
    how: str = ""
    remark: str = ""


def who_says(statement: Statement, *, source: str) -> Who:
    """Who says a statement whose source has these words."""
    speaker = statement.speaker
    if speaker is None:
        return Who(UNKNOWN, how=f"(“{source}”)" if source else f"({NO_SOURCE})")
    remark = REMARKS.get(speaker.kind, "")
    if speaker.known_by is KnownBy.DESCRIPTION or speaker.kind is SpeakerKind.UNNAMED:
        described = re.search(rf"(?<!\w){re.escape(speaker.name)}(?!\w)", source, re.IGNORECASE)
        if described:
            end = described.end()
            return Who(source[:end], speaker.proper, source[end:].strip(" ,"), remark)
    return Who(speaker.name, speaker.proper, _how(speaker, source), remark)


def trait_words(
    statement: Statement, article: Article, *, answers: str | None, misspelt: Collection[str]
) -> Iterator[str]:
    """What is known of a statement besides who says what and the way of the words.

    `answers` is the label of the question that it answers; `misspelt` are the names among its vias whose right spelling
    is to be told here.
    """
    if _is_beside_report(statement, article):
        yield BESIDE_REPORT
    if statement.form:
        yield statement.form
    yield statement.act
    yield f"{statement.confidence:.0%}"
    if statement.speaker and statement.speaker.confidence < SURE:
        yield f"speaker {statement.speaker.confidence:.0%}"
    if answers:
        yield f"answers {answers}"
    shown = way_names(statement, article) or chain_names(statement, article)[:1]
    for via in statement.via:
        if via.name in misspelt:
            yield f"{via.role}: {via.name} [{via.proper}]"
        elif (via.proper or via.name) not in shown:
            yield f"{via.role}: {via.name}"
    if said := said_words(statement, article):
        yield said


def _is_beside_report(statement: Statement, article: Article) -> bool:
    """Whether a statement stands in a line about another story, or in a promotion."""
    start = statement.content[0].start
    beside = (paragraph.span for paragraph in article.paragraphs if paragraph.kind in _BESIDE)
    return any(span.start <= start < span.end for span in beside)


def chain_names(statement: Statement, article: Article) -> tuple[str, ...]:
    """The names along the whole chain, in its order; a question mark for a speaker who is not known."""
    first = () if statement.speaker else ("?",)
    return first + tuple(link.name for link in statement.chain(article))


def way_names(statement: Statement, article: Article) -> tuple[str, ...]:
    """The names along the chain where somebody stands between the speaker and the article, else none."""
    names = chain_names(statement, article)
    return names if len(names) > 2 else ()


def said_words(statement: Statement, article: Article) -> str:
    """When it was said: the days, else the article's expression for them, "" where it gives no time."""
    if statement.said:
        days = statement.said
        return f"said on {day_words(days.start)}" if days.start == days.end else f"said {_days_words(days)}"
    if statement.when:
        why = "" if article.published else " (no date to count from)"
        return f"said “{spoken(article.text, [statement.when])}”{why}"
    return ""


def day_words(day: date) -> str:
    """The date as people write it: 3 October 2024."""
    return f"{day.day} {day:%B %Y}"


def request_words(request: CommentRequest) -> tuple[str, ...]:
    """Who was asked for comment, by whom, by what means, and whether an answer came; says what the text does not."""
    answers = {True: "answered", False: "not answered", None: "whether answered is not said"}
    words = (
        ", ".join(request.of) or "whom is not said",
        f"asked by {request.by}" if request.by else "asked by whom is not said",
        f"by {request.medium}" if request.medium else "",
        answers[request.answered],
    )
    return tuple(filter(None, words))


def _how(speaker: Speaker, source: str) -> str:
    """How we know the speaker, where the source does not name it."""
    if speaker.known_by is KnownBy.CONTINUATION:
        return "(goes on)"
    if speaker.known_by is KnownBy.NAME or source in ("", speaker.name):
        return ""
    if speaker.known_by is KnownBy.PRONOUN:
        return f"(by the pronoun “{source if source == 'I' else source.lower()}”)"
    return f"(as “{source}”)"


def _days_words(days: Days) -> str:
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start.day}–{day_words(days.end)}"
    return f"{day_words(days.start)} – {day_words(days.end)}"
