"""Finds in a sentence where something was said: the outlet, programme, platform or kind of occasion it names for that.

A name alone says nothing ("a reporter at CNN"); the words before it make it a venue ("told CNN", "in an interview
with", "on"). Whose words they were is not decided here. Nobody who is only spoken to is a venue, and no place is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.outlets import outlet_like, outlet_named
from onrecord.reading.leads import Lead, kinds_after, lead_of, used_as
from onrecord.reading.named import Name, NameKind
from onrecord.reading.stretch import POSSESSIVES, Stretch
from onrecord.span import Span
from onrecord.statement import Via, ViaRole

_DEFINITE = ("the", "that", "same", "this")
_TIES = ("of", "from", "for", "at")  # what ties a writer to an outlet
_BY_MEANS_OF = ("over", "by", "via", "through", "into")  # "by telephone" needs no article
LONGEST_KIND = 6
LONGEST_LEAD = 9  # words between "in" and the noun that it leads to


@dataclass(frozen=True, slots=True)
class Mark:
    """One naming of a venue or a reporter; `at` is where the words begin that lead to it.

    `noun` is the kind of occasion or outlet that the phrase calls it, in lower case; `is_named` tells a name from a
    kind. Where `back` is set, it refers to one named before. `is_given` says that the speaker made it: "issued a
    statement".
    """

    at: int
    via: Via
    span: Span
    noun: str = ""
    is_named: bool = False
    back: bool = False
    is_given: bool = False

    @property
    def is_verb(self) -> bool:
        """Whether a verb says it, such as "tweeted"."""
        return self.at == self.span.start


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase that begins at word `first`; `owned` says that it is some outlet's, `kind` what it calls an outlet."""

    at: int
    first: int
    lead: Lead
    owned: bool = False
    kind: str = ""

    @property
    def is_due(self) -> bool:
        """Whether an outlet is so likely to follow that a doubtful name will do."""
        return self.lead.loose or self.owned or bool(self.kind)


def marks(text: str, stretch: Span, *, hidden: Sequence[Span], names: Sequence[Name]) -> list[Mark]:
    """What a stretch of the text, without its `hidden` parts, names as venue or reporter, in the order of the text."""
    return list(_Marks(Stretch(text, stretch, hidden=hidden, names=names)).all())


def outlets_in(text: str, stretch: Span, *, names: Sequence[Name]) -> list[Mark]:
    """The outlets that a stretch of the text names, whatever leads to them."""
    return list(_Marks(Stretch(text, stretch, hidden=(), names=names)).outlets())


class _Marks:
    """Finds the marks of one line."""

    def __init__(self, line: Stretch) -> None:
        self.line = line
        self.lower = line.lower

    def all(self) -> Iterator[Mark]:
        """The marks, each phrase once."""
        done = 0
        for i, span in enumerate(self.line.spans):
            if span.start >= done:
                found = self._led_by(i)
                yield from found
                done = found[-1].span.end if found else done

    def outlets(self) -> Iterator[Mark]:
        """The outlets, those of doubtful names only behind "of" and the like."""
        done = 0
        for k in range(len(self.line.spans)):
            before = [word for word in self.lower[max(0, k - 2) : k] if word != "the"]
            end = self.line.outlet_end(k, loose=bool(before) and before[-1] in _TIES) if k >= done else 0
            if end:
                yield self._name(k, k, end)
                done = end

    def _led_by(self, i: int) -> list[Mark]:
        """The marks of the phrase that the word at `i` leads to."""
        word = self.lower[i]
        if word in used_as("tweets"):
            span = self.line.spans[i]
            return [Mark(span.start, Via("Twitter", ViaRole.VENUE, span), span, is_named=True)]
        if reporters := self._reporters(i):
            return [replace(m, via=replace(m.via, role=ViaRole.REPORTER), noun=word) for m in reporters]
        lead = lead_of(self.lower, i)
        found = self._of(_Phrase(i, i + 1, lead)) if lead else []
        return [replace(mark, is_given=True) for mark in found] if lead and lead.gives else found

    def _reporters(self, i: int) -> list[Mark]:
        """The outlets that "reported by", "according to" or, beside the saying, "the Tide reported" make reporters."""
        word, after = self.lower[i], self.lower[i + 1]
        is_cited = word in used_as("reports") and after in ("by", "in")
        if is_cited or (word == "according" and after == "to"):
            return self._of(_Phrase(i, i + 2, Lead(outlets=True, loose=True)))
        end = self.line.outlet_end(i + 1, loose=True) if word in (",", "as") else 0
        return [self._name(i, i + 1, end)] if end and self.lower[end] in ("reported", "reports") else []

    def _of(self, phrase: _Phrase) -> list[Mark]:
        """The marks of a phrase."""
        for k in range(phrase.first, min(len(self.line.spans), phrase.first + LONGEST_LEAD)):
            found = self._occasion(phrase, k) or (self._named(phrase, k) if phrase.lead.outlets else [])
            if found or (phrase.lead.bodies and (found := self._body(phrase, k))):
                return found
            if self.lower[k] in used_as("outlets"):
                phrase = replace(phrase, kind=self.lower[k])
                if phrase.lead.outlets and self._is_definite(phrase, k) and self._is_last(k):
                    return [replace(self._name(phrase.at, k, k + 1, noun=phrase.kind), back=True)]
            if self._stops(k):
                break
        return []

    def _is_last(self, k: int) -> bool:
        """Whether the noun at `k` is the last word of its phrase, and no name or title follows."""
        is_followed = self.line.is_capital(k + 1) and not self.line.is_day(k + 1)
        return self.line.ends_phrase(k + 1) and not is_followed and not self.line.title_end(k + 1)

    def _stops(self, k: int) -> bool:
        """Whether no lead runs over the word at `k`."""
        word = self.lower[k]
        if word == "of":
            is_inside = self.line.is_capital(k - 1) and self.line.is_capital(k + 1)
            return not is_inside and self.lower[k - 1] not in used_as("of") and not self.line.ends_person(k)
        return word in used_as("ends") | used_as("persons") or not (word[0].isalnum() or word in POSSESSIVES)

    def _is_definite(self, phrase: _Phrase, k: int) -> bool:
        return k > phrase.first and all(word in _DEFINITE for word in self.lower[phrase.first : k])

    def _body(self, phrase: _Phrase, k: int) -> list[Mark]:
        """The organisation that heard an address, named at `k`."""
        end = self.line.body_end(k)
        return [self._name(phrase.at, k, end, noun="address")] if end else []

    def _named(self, phrase: _Phrase, k: int) -> list[Mark]:
        """The outlets and programmes that are named at `k`."""
        lead, line = phrase.lead, self.line
        if end := self._outlet_end(phrase, k):
            return self._outlets(phrase, k, end)
        if (lead.titles or phrase.owned or phrase.kind) and (end := line.title_end(k)):
            return [self._name(phrase.at, k + 1, end, noun=phrase.kind)]
        is_programme = phrase.owned and (lead.titles or line.kind(k) in (NameKind.OTHER, NameKind.ORGANISATION))
        end = line.run_end(k) if phrase.kind or is_programme else 0
        return [self._name(phrase.at, k, end, noun=phrase.kind)] if end else []

    def _outlet_end(self, phrase: _Phrase, k: int) -> int:
        """Where the outlet's name that begins at `k` ends, or 0."""
        is_open = (phrase.lead.titles or phrase.lead.loose) and not phrase.kind
        return self.line.outlet_end(k, loose=phrase.is_due) or (self.line.self_styled_end(k) if is_open else 0)

    def _outlets(self, phrase: _Phrase, k: int, end: int) -> list[Mark]:
        """The outlet from `k` to before `end`, with what is said to be its own and with the outlets that follow it."""
        found = [self._name(phrase.at, k, end, noun=phrase.kind)]
        if self.lower[end] in POSSESSIVES:
            return found + self._of(_Phrase(phrase.at, end + 1, replace(phrase.lead, loose=True), owned=True))
        after = self._kind_end(end, phrase.lead)
        if after and self.lower[after - 1] in used_as("lasting"):
            return found + self._occasion(replace(phrase, first=k), end)
        if phrase.lead.selective and not self.line.ends_phrase(end) and self.lower[end] not in used_as("beside"):
            return []
        while self.lower[end] in (",", "and"):
            k = end + (2 if self.lower[end + 1] == "and" else 1)
            end = self._outlet_end(phrase, k)
            if not end:
                break
            found.append(self._name(phrase.at, k, end))
        return found

    def _occasion(self, phrase: _Phrase, k: int) -> list[Mark]:
        """The kind of occasion that is named at `k`."""
        end = self._kind_end(k, phrase.lead)
        noun = " ".join(self.lower[k:end])
        if not end or (k == phrase.first and not self._is_bare(noun, phrase.lead)):
            return []
        if noun in used_as("titled") and (title := self._title(phrase, end, noun)):
            return title
        start = k
        while start > phrase.first and (self.lower[start - 1] in used_as("keeps") or self._is_proper(start - 1, k)):
            start -= 1
        span = self.line.span(start, end)
        via = Via(self.line.said(start, end), ViaRole.VENUE, span)
        return [Mark(self.line.spans[phrase.at].start, via, span, noun, back=self._is_definite(phrase, k))]

    def _is_bare(self, noun: str, lead: Lead) -> bool:
        """Whether the noun needs no article behind that lead."""
        is_many = noun.endswith("s") or noun.rpartition(" ")[2] in used_as("mass")
        return not lead.gives and (is_many or lead.occasions in _BY_MEANS_OF)

    def _title(self, phrase: _Phrase, k: int, noun: str) -> list[Mark]:
        """The title that stands at `k`, behind the word "book"."""
        k += self.lower[k] == ","
        if end := self.line.title_end(k):
            return [self._name(phrase.at, k + 1, end, noun=noun)]
        end = self.line.run_end(k)
        return [self._name(phrase.at, k, end, noun=noun)] if end > k + 1 else []

    def _is_proper(self, k: int, noun: int) -> bool:
        """Whether the word at `k` is part of an occasion's own name, such as "Fenwick Values Summit"."""
        if not (self.line.is_capital(noun) and self.line.is_capital(k)) or self.line.is_day(k):
            return False
        whole = self.line.span(k, noun + 1)
        return any(name.span.holds(whole) for name in self.line.names.values())

    def _kind_end(self, k: int, lead: Lead) -> int:
        """Where the longest kind of occasion that begins at `k` ends, or 0."""
        for end in range(min(k + LONGEST_KIND, len(self.line.spans)), k, -1):
            if tuple(self.lower[k:end]) not in kinds_after(lead.occasions) or not self.line.ends_phrase(end):
                continue
            # neither "March" is an occasion nor the beginning of "Fair Tides League"
            is_part = self.line.is_capital(k) and self.line.is_capital(end) and not self.line.is_day(end)
            if not is_part and not self.line.is_day(k):
                return end
        return 0

    def _name(self, at: int, k: int, end: int, *, noun: str = "") -> Mark:
        """The mark of the name from `k` to before `end`, without its article."""
        k += self.lower[k] == "the" and end - k > 1
        span, said = self.line.span(k, end), self.line.said(k, end)
        like = outlet_like(said) if not outlet_named(said, in_context=True) else None
        via = Via(said, ViaRole.VENUE, span, like.name if like else None)
        return Mark(self.line.spans[at].start, via, span, noun, is_named=True)
