"""Who speaks in the articles of PolNeAR's training part that are set aside for tuning, and how reading answers.

Made for each attribution by the rules of shared/eval/ANNOTATION.md: speaker, kind, via, time. Dev stays a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onrecord import Reader, Span, Speaker, Statement
from onrecord.intake import article_from_text
from training.corpora import SHARED, Json, read_jsonl

LABELS = Path(__file__).with_name("set_aside.jsonl")
PRONOUNS = frozenset("he she they it i we you who which that him her".split())


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled statement: its article, its source's words, the label, and the speaker that reading gave it."""

    article: str
    source: str
    gold: Json
    own: Speaker | None

    @property
    def right(self) -> bool:
        """Whether both name the same speaker, or both none."""
        from score_statements import name_key

        names = (self.gold["name"], self.own.name if self.own else None)
        gold, own = (name_key(name) if name else None for name in names)
        return bool(gold == own)

    @property
    def kind(self) -> str:
        """What the source is: a name in full, a part of one, a pronoun, another phrase, or none."""
        name, source = self.gold["name"], self.source.lower()
        if not source:
            return "no source"
        if source in PRONOUNS:
            return "pronoun"
        if name is None:
            return "nobody clear"
        if name.lower() in source:
            return "name or description in full"
        return "part of the name" if name.split()[-1].lower() in source else "role or other phrase"


def labelled(reader: Reader) -> Iterator[Labelled]:
    """Every labelled statement with the speaker that reading gives it."""
    labels = {r["id"]: {s["n"]: s for s in r["statements"]} for r in read_jsonl(LABELS)}
    for record in read_jsonl(SHARED / "data/polnear_train.jsonl.gz"):
        own = labels.pop(record["id"], None)
        if own is None:
            continue
        numbered = sorted(
            ((statement_of(a), n) for n, a in enumerate(record["attributions"]) if a["content"]),
            key=lambda pair: min((*pair[0].source, *pair[0].cue, *pair[0].content)),
        )
        article = article_from_text(record["text"], id=record["id"], published=date.fromisoformat(record["date"]))
        article = reader.complete(article, [statement for statement, _ in numbered])
        for statement, (_, n) in zip(article.statements, numbered, strict=True):
            source = " ".join(" ".join(s.of(article.text) for s in statement.source).split())
            yield Labelled(record["id"], source, own[n], statement.speaker)


def statement_of(attribution: Json) -> Statement:
    """A gold attribution's spans as a statement."""
    source, cue, content = (tuple(Span(*s) for s in attribution[role]) for role in ("source", "cue", "content"))
    return Statement(source=source, cue=cue, content=content)
