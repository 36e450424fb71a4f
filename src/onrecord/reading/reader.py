"""The main path of reading: an article in, the same article with its statements out.

Pieces, one pass of the encoder, decoding, rules, then the contents that hold a cue once more for the statements inside
them; then who speaks, through whom and when. Reading keeps nothing from one article to the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import numpy as np

from onrecord.article import Article
from onrecord.quotations import quotations, quoted
from onrecord.reading import rules, transcript
from onrecord.reading.acts import act_of, holds_cue
from onrecord.reading.citations import cited_outlets
from onrecord.reading.comment import comment_requests, with_speakers
from onrecord.reading.coreference import Antecedents, Mentions, Said, Scorer
from onrecord.reading.decode import Attribution, Scores, attributions_of
from onrecord.reading.edges import Edges
from onrecord.reading.encoder import OWN_MODEL, Encoder
from onrecord.reading.form import form_of
from onrecord.reading.identities import Identities
from onrecord.reading.meanings import Meanings
from onrecord.reading.mentions import Mention, mentions_of, phrases_of
from onrecord.reading.named import names_of
from onrecord.reading.occasion import occasions
from onrecord.reading.pieces import Pieces, pieces_of
from onrecord.reading.selection import confidence_of, selected
from onrecord.reading.sentences import sentences
from onrecord.reading.speakers import speakers_of
from onrecord.reading.vectors import Cells, vector_of
from onrecord.reading.when import times
from onrecord.span import Span, spoken
from onrecord.statement import Form, Speaker, Statement, Vector


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads articles with one loaded model."""

    encoder: Encoder
    scorer: Scorer
    cells: Cells | None = None

    @classmethod
    def load(cls, model: Path | None = None, *, threads: int = 0) -> Self:
        """A reader with the model in the folder `model`, by default the one that comes with the package."""
        folder = model or OWN_MODEL
        encoder = Encoder(folder, threads=threads)
        return cls(encoder, Scorer.load(folder / "mentions.npz"), Cells.of(encoder.metadata, folder))

    def read(self, article: Article) -> Article:
        """The article with its statements: outermost ones in the order of the text, then the inner ones."""
        return _Reading(article, self).read()

    def complete(self, article: Article, statements: Sequence[Statement]) -> Article:
        """The article with these statements, whose spans are known: with their speakers, vias and times.

        Parents come before the statements inside them.
        """
        return _Reading(article, self).completed(statements)


def chains(reader: Reader, article: Article) -> list[list[Mention]]:
    """The article's mentions, those that mean the same together."""
    return _Reading(article, reader).chains()


class _Reading:
    """The reading of one article: what its steps share."""

    def __init__(self, article: Article, reader: Reader) -> None:
        self.article = article
        self.encoder = encoder = reader.encoder
        self.scorer = reader.scorer
        self.cells = reader.cells
        spans = [p.span for p in article.paragraphs]
        self.quotations = quotations(article.text, spans)
        self.quoted = quoted(len(article.text), self.quotations)
        self.edges = Edges(article.text, self.quotations)
        self.pieces = pieces_of(article.text, encoder.tokenizer, paragraphs=spans, quotations=self.quotations)
        self.scores = encoder.scores([self.pieces], floor=encoder.metadata.floor, meaning=True)[0]
        self.sentences = sentences(article.text, spans)
        self.turns = transcript.turns(article)
        self.names = transcript.with_labels(names_of(article.text, self.pieces, self.scores.names), self.turns)

    def read(self) -> Article:
        """The article with its statements."""
        return self.completed(self._statements())

    def _statements(self) -> tuple[Statement, ...]:
        """The statements with their spans: what says what."""
        text = self.article.text
        found = self._selected(self.pieces, self.scores)
        found += rules.assents(text, found)
        found = transcript.without(found, self.turns)
        running = transcript.without(rules.continued(self.article, found, self.quotations), self.turns)
        running += [turn.attribution() for turn in self.turns]
        inside = [a for a in found if any(part.holds(c) for r in running for part in r.content for c in a.cue)]
        outer = sorted([a for a in found if a not in inside] + running, key=_place)
        return (*map(self._outermost, outer), *self._inner(outer, known=inside))

    def completed(self, statements: Sequence[Statement]) -> Article:
        """The article with its statements, each with its speaker, vias and time; whom it asked, and whom it cites."""
        article, text, names = self.article, self.article.text, self.names
        speakers = self._speakers(statements)
        found = [replace(s, speaker=speaker) for s, speaker in zip(statements, speakers, strict=True)]
        found = rules.answered(text, found)
        vias = occasions(text, found, sentences=self.sentences, names=names)
        days = times(text, found, sentences=self.sentences, published=article.published)
        found = [
            replace(statement, via=via, when=when, said=said, vector=self._vector(statement))
            for statement, via, (when, said) in zip(found, vias, days, strict=True)
        ]
        requests = comment_requests(text, sentences=self.sentences, names=names, outlet=article.outlet)
        return replace(
            article,
            statements=tuple(transcript.dated(found, self.turns)),
            comment_requests=with_speakers(text, requests, found),
            cited_outlets=cited_outlets(article, found),
        )

    def _vector(self, statement: Statement) -> Vector | None:
        """What the content means, of an inner statement as of any other."""
        if self.cells is None:
            return None
        return vector_of(self.pieces, self.scores.vectors, statement.content, cells=self.cells)

    def chains(self) -> list[list[Mention]]:
        """The mentions that mean the same together, each chain in the order of the text."""
        return self._antecedents(self._statements()).chains()

    def _speakers(self, statements: Sequence[Statement]) -> list[Speaker | None]:
        if not any(statement.source for statement in statements):
            return [None] * len(statements)
        sources = [span for statement in statements for span in statement.source[:1]]
        identities = Identities(self.article.text, self.names, quoted=self.quoted)
        antecedents = self._antecedents(statements)
        meanings = Meanings(self.article.text, antecedents=antecedents, identities=identities, sources=sources)
        weights = self.encoder.metadata.speakers
        return speakers_of(self.article.text, statements, meanings=meanings, weights=weights)

    def _antecedents(self, statements: Sequence[Statement]) -> Antecedents:
        """What each mention takes up; the statements' sources are mentions too."""
        edges, pairs = np.split(self.scores.mentions, [self.scores.mentions.shape[1] // 3], axis=1)
        sources = [span for statement in statements for span in statement.source]
        phrases = phrases_of(self.pieces, edges, self.scorer.lengths)
        mentions = Mentions(
            self.article.text,
            mentions_of(self.article.text, self.pieces, list(dict.fromkeys(sources + phrases)), self.names),
            sentences=self.sentences,
            quotations=self.quotations,
            statements=[Said(s.source, s.content) for s in statements if s.parent is None],
        )
        return Antecedents(mentions, pairs, self.scorer)

    def _attributions(self, texts: Sequence[Pieces]) -> list[list[Attribution]]:
        scores = self.encoder.scores(texts, floor=self.encoder.metadata.floor)
        return [self._selected(p, s) for p, s in zip(texts, scores, strict=True)]

    def _selected(self, pieces: Pieces, scores: Scores) -> list[Attribution]:
        meta = self.encoder.metadata
        candidates = attributions_of(pieces, scores, threshold=meta.floor)
        return selected(candidates, weights=meta.confidence, threshold=meta.threshold)

    def _inner(self, outer: Sequence[Attribution], *, known: Sequence[Attribution]) -> list[Statement]:
        """The statements inside the outer ones' contents, level by level: those `known`, and those read in there."""
        found: list[Statement] = []
        level = list(enumerate(outer))
        taken = {a.cue for a in outer}
        while level:
            inside = [(i, a) for i, a in self._inside(level, known=known) if a.cue not in taken]
            taken.update(a.cue for _, a in inside)
            level = [(len(outer) + len(found) + k, a) for k, (_, a) in enumerate(inside)]
            found += [replace(self._statement(a), parent=i) for i, a in inside]
            known = ()
        return found

    def _inside(
        self, level: Sequence[tuple[int, Attribution]], *, known: Sequence[Attribution]
    ) -> list[tuple[int, Attribution]]:
        """What lies in the contents of these, each with the index of its parent, in the order of the text."""
        contents = [(i, span) for i, a in level for span in a.content]
        parts = [(i, span) for i, span in contents if holds_cue(span.of(self.article.text))]
        readings = self._attributions([self.pieces.part(span) for _, span in parts])
        found = [(i, a) for i, span in contents for a in known if a.cue and span.holds(a.cue[0])]
        found += [(i, a) for (i, _), reading in zip(parts, readings, strict=True) for a in reading]
        by_cue = {a.cue: (i, a) for i, a in reversed(found)}
        return sorted(by_cue.values(), key=lambda f: _place(f[1]))

    def _outermost(self, found: Attribution) -> Statement:
        statement = self._statement(found)
        if any(found.source == (turn.label,) for turn in self.turns):
            return replace(statement, form=Form.DIRECT)
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
