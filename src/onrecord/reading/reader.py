"""The main path of reading: an article in, the same article with its statements out.

Pieces, one pass of the encoder, decoding, rules, then the contents that hold a cue once more for the statements inside
them. Reading keeps nothing from one article to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from onrecord.article import Article
from onrecord.quotations import quotations, quoted
from onrecord.reading import rules
from onrecord.reading.acts import act_of, holds_cue
from onrecord.reading.decode import Attribution, attributions_of
from onrecord.reading.edges import Edges
from onrecord.reading.encoder import Encoder
from onrecord.reading.form import form_of
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.reading.selection import confidence_of, selected
from onrecord.span import Span, spoken
from onrecord.statement import Statement


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with one loaded model."""

    encoder: Encoder

    @classmethod
    def load(cls, model: Path | None = None, *, threads: int = 0) -> Self:
        """A reader with the model in the folder `model`, by default the one that comes with the package."""
        return cls(Encoder(model, threads=threads))

    def read(self, article: Article) -> Article:
        """The article with its statements: outermost ones in the order of the text, then the inner ones."""
        return _Reading(article, self.encoder).read()


class _Reading:
    """The reading of one article: what its steps share."""

    def __init__(self, article: Article, encoder: Encoder) -> None:
        self.article = article
        self.encoder = encoder
        spans = [p.span for p in article.paragraphs]
        self.quotations = quotations(article.text, spans)
        self.quoted = quoted(len(article.text), self.quotations)
        self.edges = Edges(article.text, self.quotations)
        self.pieces = pieces_of(article.text, encoder.tokenizer, paragraphs=spans, quotations=self.quotations)

    def read(self) -> Article:
        """The article with its statements."""
        text = self.article.text
        found = self._attributions([self.pieces])[0]
        found += rules.assents(text, found)
        running = rules.continued(self.article, found, self.quotations)
        inside = [a for a in found if any(r.content[0].holds(c) for r in running for c in a.cue)]
        outer = sorted([a for a in found if a not in inside] + running, key=_place)
        statements = rules.answered(text, [self._outermost(a) for a in outer])
        return replace(self.article, statements=(*statements, *self._inner(outer, known=inside)))

    def _attributions(self, texts: Sequence[Pieces]) -> list[list[Attribution]]:
        meta = self.encoder.metadata
        scores = self.encoder.scores(texts, floor=meta.floor)
        candidates = [attributions_of(p, s, threshold=meta.floor) for p, s in zip(texts, scores, strict=True)]
        return [selected(c, weights=meta.confidence, threshold=meta.threshold) for c in candidates]

    def _inner(self, outer: Sequence[Attribution], *, known: Sequence[Attribution]) -> list[Statement]:
        """The statements inside the outer ones' contents: those `known`, and those that a second reading finds."""
        contents = [(i, span) for i, a in enumerate(outer) for span in a.content]
        parts = [(i, span) for i, span in contents if holds_cue(span.of(self.article.text))]
        readings = self._attributions([self.pieces.part(span) for _, span in parts])
        found = [(i, a) for i, span in contents for a in known if a.cue and span.holds(a.cue[0])]
        found += [(i, a) for (i, _), reading in zip(parts, readings, strict=True) for a in reading]
        by_cue = {a.cue: (i, a) for i, a in reversed(found)}
        return [replace(self._statement(a), parent=i) for i, a in sorted(by_cue.values(), key=lambda f: _place(f[1]))]

    def _outermost(self, found: Attribution) -> Statement:
        statement = self._statement(found)
        return replace(statement, form=form_of(self.article.text, statement.content, quoted=self.quoted))

    def _statement(self, found: Attribution) -> Statement:
        text = self.article.text
        return Statement(
            source=self.edges.of_label(found.source),
            cue=self.edges.of_label(found.cue),
            content=self.edges.of_content(found.content),
            act=act_of(spoken(text, found.cue), spoken(text, found.content)),
            confidence=confidence_of(found, self.encoder.metadata.confidence),
        )


def _place(found: Attribution) -> tuple[Span, ...]:
    """Where an attribution begins; of two with one source the one whose cue comes first is first."""
    return min((*found.source, *found.cue, *found.content)), *found.cue
