"""Which statement a venue or reporter belongs to, among those that share a sentence, and which share a speaker.

No sentence is parsed: a phrase goes with the nearest cue, counted in words outside what is quoted, and words that open
another clause make it further. What is said inside one statement's content is nothing to the others.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.reading.leads import used_as
from onrecord.reading.named import Name
from onrecord.reading.venues import Mark, marks
from onrecord.span import Span, spoken
from onrecord.statement import Statement, ViaRole

_PRONOUNS = frozenset("he she they who i we it his her their him them".split())
_RELATIVES = frozenset("who whose which".split())
_WORD = re.compile(r"[^\W_]+(?:[’'](?!s\b)\w+)*")
_FAR = 1000
REACH_CHARS = 1000  # of a sentence on either side; one of news has some 150
REACH = 30  # words between a cue and a venue that may still be its own
LATER = 6  # how many words nearer a cue behind a venue has to be than one before it
AT_ONCE = 2  # words behind a venue within which a relative clause is about the venue: "on the programme, which"
CLAUSE = 25  # how many words another clause between a cue and a venue counts for


@dataclass(frozen=True, slots=True)
class Found:
    """A mark and the statement, among those of its sentence, that it stands nearest to."""

    mark: Mark
    owner: int


def _near(sentence: Span, place: Sequence[Span]) -> Span:
    """The sentence, cut where it goes on for far too long around the spans of one statement in it."""
    inside = [span for span in place if span.meets(sentence)]
    start, end = min(span.start for span in inside), max(span.end for span in inside)
    return Span(max(sentence.start, start - REACH_CHARS), min(sentence.end, end + REACH_CHARS))


def _holds_clause(gap: Sequence[str]) -> bool:
    """Whether another clause begins in these words."""
    subjects = (word for joint, word in pairwise(gap) if joint in ("and", "but"))
    return not used_as("clauses").isdisjoint(gap) or not _PRONOUNS.isdisjoint(subjects)


class Scene:
    """The statements of one article in their text.

    `begins` is where each begins, `around` the statement inside whose content it lies, `order` their order in the text.
    """

    def __init__(
        self, text: str, statements: Sequence[Statement], *, sentences: Sequence[Span], names: Sequence[Name]
    ) -> None:
        self.text = text
        self.statements = statements
        self.sentences = sentences
        self.names = sorted(names)
        self.begins = [min((*s.source, *s.content)).start for s in statements]
        self.order = sorted(range(len(statements)), key=lambda i: (self.begins[i], i))
        self._in_sentence: list[list[int]] = [[] for _ in sentences]
        for i, s in enumerate(statements):
            for k in self._sentences_of((*s.source, *s.cue, *s.content)):
                self._in_sentence[k].append(i)
        self.around = [self._around(i) for i in range(len(statements))]

    def _sentences_of(self, place: Sequence[Span]) -> list[int]:
        """The numbers of the sentences that the spans lie in."""
        found: set[int] = set()
        for span in place:
            first = bisect_right(self.sentences, span.start, key=lambda sentence: sentence.end)
            found.update(range(first, bisect_left(self.sentences, span.end, key=lambda sentence: sentence.start)))
        return sorted(found)

    def _around(self, i: int) -> int | None:
        """The statement whose content holds all of this one: its parent, or the smallest of those that do."""
        statement = self.statements[i]
        if statement.parent is not None:
            return statement.parent
        place = (*statement.source, *statement.cue, *statement.content)
        others = ((j, self.statements[j]) for j in self._sharing(place) if j != i)
        holding = [
            (sum(map(len, other.content)), j)
            for j, other in others
            if place != other.content and all(any(c.holds(p) for c in other.content) for p in place)
        ]
        return min(holding, default=(0, None))[1]

    def _sharing(self, place: Sequence[Span]) -> Iterator[int]:
        """The statements with a span in the first of the sentences that the spans lie in."""
        first = self._sentences_of(place)[:1]
        return (j for k in first for j in self._in_sentence[k])

    def found(self, i: int) -> list[Found]:
        """The marks in the sentences that hold the statement's source and cue."""
        statement = self.statements[i]
        place = (*statement.cue, *statement.source)
        found: list[Found] = []
        for k in self._sentences_of(place):
            sentence = _near(self.sentences[k], place)
            near = [j for j in self._in_sentence[k] if j != i and self._is_beside(j, i, sentence)]
            others = [c for j in near for c in self.statements[j].content if not any(c.meets(p) for p in place)]
            hidden = (*statement.content, *others)
            for mark in marks(self.text, sentence, hidden=hidden, names=self._names_in(sentence)):
                words, owner = min((self._words_to(mark, j, sentence=sentence), j) for j in (i, *near))
                if words <= REACH and self._counts(mark, i):
                    found.append(Found(mark, owner))
        return found

    def _is_beside(self, j: int, i: int, stretch: Span) -> bool:
        """Whether both statements lie inside the same content, or none, and `j` shares the stretch."""
        other = self.statements[j]
        is_there = any(stretch.meets(span) for span in (*other.source, *other.cue, *other.content))
        return is_there and self.around[j] == self.around[i]

    def _names_in(self, sentence: Span) -> Sequence[Name]:
        first = bisect_left(self.names, sentence.start, key=lambda name: name.span.start)
        return self.names[first : bisect_left(self.names, sentence.end, key=lambda name: name.span.start)]

    def _counts(self, mark: Mark, i: int) -> bool:
        """Whether the mark lies where it can say something about the statement."""
        statement, outer = self.statements[i], self.around[i]
        if outer is not None and not any(c.holds(mark.span) for c in self.statements[outer].content):
            return False
        if mark.is_verb:
            return any(c.meets(mark.span) for c in statement.cue)
        if any(s.meets(mark.span) for s in statement.source):
            return False
        is_speaker = any(s.meets(mark.span) for j in self._sharing([mark.span]) for s in self.statements[j].source)
        return mark.via.role is not ViaRole.REPORTER or not is_speaker or mark.noun == "reported"

    def _words_to(self, mark: Mark, i: int, *, sentence: Span) -> int:
        """How many words lie between a mark and a statement's nearest cue in the sentence; -1 where they share some."""
        statement = self.statements[i]
        if mark.is_given and not any(s.start < mark.at for s in statement.source):
            return _FAR
        cues = [cue for cue in statement.cue if cue.meets(sentence)]
        place = cues or [source for source in statement.source if source.meets(sentence)]
        return min((self._words_between(mark, statement, span) for span in place), default=_FAR)

    def _words_between(self, mark: Mark, statement: Statement, cue: Span) -> int:
        if cue.start < mark.span.end and mark.at < cue.end:
            return -1
        if cue.end <= mark.at:
            gap = self._shown(cue.end, mark.at, statement)
            leads_on = bool(gap) and gap[-1] in used_as("forward")
            return len(gap) + 2 * LATER * leads_on + CLAUSE * _holds_clause(gap)
        source = min((s.start for s in statement.source), default=cue.start)
        # "Falk, who was not at the rally, said": the relative clause says nothing about the saying
        if source < mark.at and not _RELATIVES.isdisjoint(self._shown(source, mark.at, statement)):
            return _FAR
        between = self._shown(mark.span.end, max(source, mark.span.end), statement)
        gap = self._shown(mark.span.end, cue.start, statement)
        return LATER + len(gap) + CLAUSE * (not _RELATIVES.isdisjoint(between[AT_ONCE:]))

    def _shown(self, start: int, end: int, statement: Statement) -> list[str]:
        """The words between two places that the statement does not quote, in lower case."""
        line = self.text[start:end]
        for span in statement.content:
            begin, stop = max(span.start, start) - start, min(span.end, end) - start
            line = line[:begin] + " " * (stop - begin) + line[stop:] if begin < stop else line
        return [word.lower() for word in _WORD.findall(line)]

    def is_same_speaker(self, i: int, j: int) -> bool:
        """Whether the statement `i` is said by whoever says `j`, which stands near."""
        one, other = self.statements[i], self.statements[j]
        if one.speaker and other.speaker:
            return one.speaker.name == other.speaker.name
        if not one.source and not one.cue:
            return True
        words, others = (_WORD.findall(spoken(self.text, s.source).lower()) for s in (one, other))
        return bool(words and others) and (words[0] in _PRONOUNS or words[-1] == others[-1])
