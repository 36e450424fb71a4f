"""The statements of an article in the order in which people read them, and the words for what is known of each.

The terminal and the page both number statements by it: "3" is the third outermost one, "3.1" the first inside it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.article import Article
from onrecord.span import spoken
from onrecord.statement import Days, Statement, Via, ViaRole

NO_SOURCE = "(no source)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with its place: `index` in the article's statements, `label` for people, `depth` 0 for outermost.

    `source` and `cue` are the statement's own words in one line, `traits` what is known besides, ready to be shown.
    """

    index: int
    label: str
    depth: int
    statement: Statement
    source: str
    cue: str
    traits: tuple[str, ...]

    @property
    def speaker(self) -> str | None:
        """The speaker's name, if it is known."""
        return self.statement.speaker.name if self.statement.speaker else None

    @property
    def who(self) -> str:
        """The speaker's name, else the source's words, else a remark that there is neither."""
        return self.speaker or self.source or NO_SOURCE


def outline(article: Article) -> tuple[Entry, ...]:
    """Every statement once: the outermost ones in order, each followed by the ones inside it."""
    labels = dict(_labels(article))
    return tuple(_entry(article, index, labels=labels) for index in labels)


def day_words(day: date) -> str:
    """The date as people write it: 3 October 2024."""
    return f"{day.day} {day:%B %Y}"


def count_words(n_statements: int) -> str:
    """How many statements, with the right ending."""
    return f"{n_statements} statement" if n_statements == 1 else f"{n_statements} statements"


def title_words(article: Article) -> str:
    """The article's title in one line, else its id."""
    return " ".join((article.title or article.id).split())


def head_words(article: Article) -> tuple[str, ...]:
    """What stands under the title: outlet, authors, date, number of statements; what is unknown is left out."""
    published = day_words(article.published) if article.published else None
    words = (article.outlet, ", ".join(article.authors), published, count_words(len(article.statements)))
    return tuple(word for word in words if word)


def _labels(article: Article) -> Iterator[tuple[int, str]]:
    children: dict[int | None, list[int]] = defaultdict(list)
    for index, statement in enumerate(article.statements):
        children[statement.parent].append(index)
    pending = [(index, str(n)) for n, index in enumerate(children[None], start=1)][::-1]
    while pending:
        index, label = pending.pop()
        yield index, label
        pending += [(inner, f"{label}.{n}") for n, inner in enumerate(children[index], start=1)][::-1]


def _entry(article: Article, index: int, *, labels: Mapping[int, str]) -> Entry:
    statement = article.statements[index]
    return Entry(
        index=index,
        label=labels[index],
        depth=labels[index].count("."),
        statement=statement,
        source=spoken(article.text, statement.source),
        cue=spoken(article.text, statement.cue),
        traits=tuple(_traits(statement, labels)),
    )


def _traits(statement: Statement, labels: Mapping[int, str]) -> Iterator[str]:
    if statement.form:
        yield statement.form
    yield statement.act
    yield f"{statement.confidence:.0%}"
    if statement.answers is not None:
        yield f"answers {labels[statement.answers]}"
    yield from map(_via_words, statement.via)
    if statement.said:
        yield f"said {_days_words(statement.said)}"


def _via_words(via: Via) -> str:
    return f"reported by {via.name}" if via.role is ViaRole.REPORTER else f"venue {via.name}"


def _days_words(days: Days) -> str:
    if days.start == days.end:
        return day_words(days.start)
    if (days.start.year, days.start.month) == (days.end.year, days.end.month):
        return f"{days.start.day}–{day_words(days.end)}"
    return f"{day_words(days.start)} – {day_words(days.end)}"
