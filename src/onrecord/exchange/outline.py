"""The statements of an article in the order in which people read them, numbered, with the words for each.

The terminal and the page both number statements by it: "3" is the third outermost one, "3.1" the first inside it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.article import Article, CommentRequest
from onrecord.exchange.wording import Who, day_words, request_words, trait_words, way_names, who_says
from onrecord.span import spoken
from onrecord.statement import Statement


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with its place: `index` in the article's statements, `label` for people, `depth` 0 for outermost.

    `cue` is the statement's own words in one line, `traits` what is known besides, ready to be shown, `chain` the names
    along the way of the words, none where nobody stands between the speaker and the article.
    """

    index: int
    label: str
    depth: int
    statement: Statement
    who: Who
    cue: str
    traits: tuple[str, ...]
    chain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for comment: `index` among the article's, `label` for people, and what is known of it, in words."""

    index: int
    label: str
    request: CommentRequest
    words: tuple[str, ...]


def outline(article: Article) -> tuple[Entry, ...]:
    """Every statement once: the outermost ones in order, each followed by the ones inside it."""
    labels = dict(_labels(article))
    misspelt = _misspelt(article, labels)
    return tuple(_entry(article, index, labels=labels, misspelt=misspelt[index]) for index in labels)


def asked(article: Article) -> tuple[Asked, ...]:
    """Every request for comment, "C1" the first."""
    requests = enumerate(article.comment_requests)
    return tuple(Asked(index, f"C{index + 1}", request, request_words(request)) for index, request in requests)


def count_words(n_statements: int) -> str:
    """How many statements, with the right ending."""
    return f"{n_statements} statement" if n_statements == 1 else f"{n_statements} statements"


def title_words(article: Article) -> str:
    """The article's title in one line, else its id."""
    return " ".join((article.title or article.id).split())


def head_words(article: Article) -> tuple[str, ...]:
    """What stands under the title: outlet, authors, date, whose copy it is, how many statements; what is known of it.

    A missing date is told where a statement's time would be counted from it.
    """
    published = day_words(article.published) if article.published else None
    if any(statement.when and not statement.said for statement in article.statements):
        published = published or "no date of its own"
    copy = f"the text of {article.copy_of}" if article.copy_of else None
    words = (article.outlet, ", ".join(article.authors), published, copy, count_words(len(article.statements)))
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


def _misspelt(article: Article, order: Iterable[int]) -> Mapping[int, list[str]]:
    """The misspelt names of vias at the first statement that has them: once is enough to tell the right spelling."""
    first: dict[str, int] = {}
    for index in order:
        for via in article.statements[index].via:
            if via.proper:
                first.setdefault(via.name, index)
    found: dict[int, list[str]] = defaultdict(list)
    for name, index in first.items():
        found[index].append(name)
    return found


def _entry(article: Article, index: int, *, labels: Mapping[int, str], misspelt: Collection[str]) -> Entry:
    statement = article.statements[index]
    answers = None if statement.answers is None else labels[statement.answers]
    return Entry(
        index=index,
        label=labels[index],
        depth=labels[index].count("."),
        statement=statement,
        who=who_says(statement, source=spoken(article.text, statement.source)),
        cue=spoken(article.text, statement.cue),
        traits=tuple(trait_words(statement, article, answers=answers, misspelt=misspelt)),
        chain=way_names(statement, article),
    )
