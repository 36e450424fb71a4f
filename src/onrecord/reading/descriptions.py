"""Descriptions that point at somebody named elsewhere, where the words alone decide it.

"The newspaper" is the newspaper named last, "Falk's lawyer" whoever the article names as a lawyer, "the prime minister"
the one person whom it calls by both words, "the appeals court" the one body whose name holds these words, and "a French
official" in the first lines the French minister whom a source right after it names. Where several would do, or none,
nothing is decided here.
"""

import re
from collections.abc import Callable, Sequence

from onrecord.outlets import outlet_named
from onrecord.reading.coreference import Mentions
from onrecord.reading.identities import Identities
from onrecord.reading.kinds import is_role, number_of
from onrecord.reading.mentions import Sort
from onrecord.reading.named import NameKind
from onrecord.reading.names import key
from onrecord.reading.pronouns import Number
from onrecord.statement import SpeakerKind

Meaning = tuple[str, SpeakerKind]

INTRODUCED = 0.7
BEARER = 0.8
TOP_SENTENCES = 4  # a headline, a byline and the first two of the report
SENTENCES_ON = 2
INDEFINITE = ("a ", "an ", "one ", "another ", "some ", "any ", "each ", "every ")
_POSSESSED = re.compile(r"(?:his|her|their|its|my|our)\s|\S+(?:\s\S+){0,3}[’']s?\s", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")


class Descriptions:
    """The descriptions among one text's mentions; `named` gives what a mention that names means."""

    def __init__(
        self, text: str, mentions: Mentions, *, identities: Identities, named: Callable[[int], Meaning]
    ) -> None:
        self._text = text
        self._all = mentions
        self._mentions = mentions.mentions
        self._identities = identities
        self._named = named

    def pointed_at(self, i: int, kind: SpeakerKind) -> tuple[Meaning, float] | None:
        """Who or what the phrase `i` of this kind points at, and how sure that is; none where its words tell not."""
        phrase = self._mentions[i].span.of(self._text)
        if number_of(phrase) is not Number.SINGULAR:
            return None
        if (introduced := self._introduced(i, phrase, kind)) is not None:
            return self._named(introduced), INTRODUCED
        bearer = None if phrase.lower().startswith(INDEFINITE) else self._bearer(i, phrase, kind)
        return (bearer, BEARER) if bearer else None

    def _bearer(self, i: int, phrase: str, kind: SpeakerKind) -> Meaning | None:
        if kind is SpeakerKind.OUTLET:
            return self._outlet(i)
        if kind is SpeakerKind.ORGANISATION and not _CAPITAL.search(phrase, 1):
            return self._body(phrase)
        if kind is not SpeakerKind.UNNAMED or not is_role(self._mentions[i].head):
            return None
        if _POSSESSED.match(phrase):
            return self._with_role(i, [self._mentions[i].head])
        opening, *words = phrase.lower().split()
        return self._with_role(i, words) if opening == "the" and len(words) > 1 else None

    def _outlet(self, i: int) -> Meaning | None:
        """The outlet named last before "the newspaper", of several one that is a newspaper."""
        named = [
            (self._outlet_fits(k, self._mentions[i].head), k, meaning)
            for k in range(i)
            if self._mentions[k].names and (meaning := self._named(k))[1] is SpeakerKind.OUTLET
        ]
        return max(named)[2] if named else None

    def _outlet_fits(self, k: int, noun: str) -> bool:
        """Whether the noun stands beside the outlet's name, or says what the outlet is known to be."""
        known = outlet_named(self._mentions[k].names[0].span.of(self._text), in_context=True)
        return noun in self._all.roles[k] or (known is not None and known.kind == noun)

    def _body(self, phrase: str) -> Meaning | None:
        """The body whose name holds all the words of "the appeals court", if there is but one."""
        own = {word for word in phrase.lower().split() if word != "the"}
        found = {
            identity.name
            for identity in self._identities.all
            if identity.kind is NameKind.ORGANISATION and own < set(key(identity.name))
        }
        return (found.pop(), SpeakerKind.ORGANISATION) if len(found) == 1 else None

    def _with_role(self, i: int, words: Sequence[str]) -> Meaning | None:
        """The one person beside whose name all these words stand."""
        bearers = {
            self._named(k)
            for k in self._all.with_role(words)
            if k != i and self._mentions[k].sort is Sort.PERSON_NAME and len(self._mentions[k].names) == 1
        }
        return bearers.pop() if len(bearers) == 1 else None

    def _introduced(self, i: int, phrase: str, kind: SpeakerKind) -> int | None:
        """The source right after a phrase at the top that shares a word with it and names somebody of its kind."""
        if self._all.sentence[i] > TOP_SENTENCES or phrase.lower().startswith("the "):
            return None
        own = self._all.content_words(i)
        for k in range(i + 1, len(self._mentions)):
            if self._all.sentence[k] > self._all.sentence[i] + SENTENCES_ON:
                break
            is_source = self._all.source_of[k] >= 0 and bool(self._mentions[k].names)
            if is_source and not own.isdisjoint(self._all.content_words(k)):
                found = self._named(k)[1]
                if found is kind or (kind, found) == (SpeakerKind.UNNAMED, SpeakerKind.PERSON):
                    return k
        return None
