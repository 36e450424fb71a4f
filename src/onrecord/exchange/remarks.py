"""A report on an article in words, for people: the terminal and Markdown share them."""

from collections import Counter
from collections.abc import Iterator

from onrecord.article import Article
from onrecord.checking.report import Finding, Report, Source, Sourcing
from onrecord.exchange.outline import head_words, title_words
from onrecord.exchange.wording import request_words
from onrecord.statement import SpeakerKind

COLUMNS = (
    "article",
    "title",
    "n_words",
    "attributed",
    "n_sources",
    "n_unnamed",
    "n_outlets",
    "single_source",
    "n_findings",
    "codes",
)
BAR = 30
MOST_SHOWN = 3  # findings of one code in one screen; the other formats have all
MOST_SOURCES = 8

Row = tuple[str | int | float | list[str] | None, ...]


def row(article: Article, report: Report) -> Row:
    """A report in one line, by COLUMNS."""
    sourcing = report.sourcing
    counts = Counter(finding.code for finding in report.findings)
    return (
        article.id,
        title_words(article),
        sourcing.n_words,
        round(sourcing.share_attributed, 3),
        len(sourcing.sources),
        sum(not source.is_named for source in sourcing.sources),
        len(sourcing.outlets),
        sourcing.single_source,
        len(report.findings),
        [f"{code} {n}" if n > 1 else code for code, n in counts.items()],
    )


def share_words(sourcing: Sourcing) -> str:
    """How much of the body is attributed and how much is the writer's own."""
    if not sourcing.n_words:
        return "no body to count words in"
    attributed, own = f"{sourcing.share_attributed:.0%}", f"{sourcing.share_own:.0%}"
    return f"{sourcing.n_words} words: {attributed} attributed, {own} the writer's own"


def bar(sourcing: Sourcing) -> tuple[str, str]:
    """The same as a bar in two parts, attributed and own."""
    n_attributed = round(BAR * sourcing.share_attributed)
    return "█" * n_attributed, "░" * (BAR - n_attributed)


def source_words(source: Source) -> tuple[str, ...]:
    """What is known of a source besides the name."""
    n = source.n_statements
    told = f"{n} statement, {source.n_words} words" if n == 1 else f"{n} statements, {source.n_words} words"
    direct = f"{source.n_direct} direct" if source.n_direct else "none direct"
    unnamed = (f"not named: {source.reason}" if source.reason else "not named") if not source.is_named else ""
    second = "another outlet" if source.kind is SpeakerKind.OUTLET else ""
    through = f"through {', '.join(source.through)}" if source.through else ""
    return tuple(filter(None, (told, direct, unnamed, second, through)))


def fact_words(sourcing: Sourcing) -> Iterator[str]:
    """What else the body rests on, a line each."""
    if sourcing.single_source:
        yield f"Everything rests on {sourcing.single_source}."
    if sourcing.outlets:
        cited = (f"{outlet.name} ({'linked' if outlet.linked else 'not linked'})" for outlet in sourcing.outlets)
        yield f"From other outlets: {', '.join(cited)}."
    for request in sourcing.comment_requests:
        yield f"Asked for comment: {' · '.join(request_words(request))}."
    if sourcing.silent:
        yield f"Accused and not heard: {', '.join(sourcing.silent)}."


def grouped(findings: tuple[Finding, ...]) -> Iterator[tuple[str, list[Finding]]]:
    """The findings by their codes, in their order."""
    by_code: dict[str, list[Finding]] = {}
    for finding in findings:
        by_code.setdefault(finding.code, []).append(finding)
    yield from by_code.items()


def to_markdown(article: Article, report: Report) -> str:
    """The whole report as Markdown."""
    sourcing = report.sourcing
    lines = [f"# {_plain(title_words(article))}", "", _plain(" · ".join(head_words(article))), "", "## Sources", ""]
    lines += [f"{share_words(sourcing)}.", ""]
    lines += [
        f"- **{_plain(s.description or s.name)}**: {_plain(' · '.join(source_words(s)))}" for s in sourcing.sources
    ]
    lines += ["", *(_plain(words) for words in fact_words(sourcing)), "", "## Findings", ""]
    if not report.findings:
        lines.append("None.")
    for finding in report.findings:
        lines.append(f"- `{finding.code}` ({finding.confidence:.0%}) {_plain(finding.message)}")
        place = ", ".join(f"{span.start}–{span.end}" for span in finding.spans)
        lines += [f"  > {_plain(words)}" for words in finding.evidence]
        lines.append(f"  characters {place}")
    return "\n".join(lines) + "\n"


def _plain(words: str) -> str:
    """The words with what Markdown would take for its own marks escaped."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|" else sign for sign in words)
