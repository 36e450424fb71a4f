"""Whom or what each mention means: a name in full and a kind, or the description where nobody is named.

A mention that names means what it names. Any other means what the earlier mentions that it may take up mean, each as
likely as coreference.py scores it: "he" cannot be a report, nor "the senator" a crowd, and what is said of one meaning
in several places adds up. A description stands for itself where nothing else is likely.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from onrecord.outlets import outlet_like
from onrecord.reading.coreference import Antecedents
from onrecord.reading.descriptions import Descriptions, Meaning
from onrecord.reading.identities import Identities, Identity
from onrecord.reading.kinds import described, gender_of, is_role, kind_of_name, kind_of_phrase
from onrecord.reading.mentions import Mention, Sort
from onrecord.reading.named import NameKind
from onrecord.reading.pronouns import Gender
from onrecord.span import Span
from onrecord.statement import SpeakerKind

PERSONAL = {Sort.HE, Sort.SHE}
RELATIVE = {Sort.WHO, Sort.THIS}
FIRST_PERSON = {Sort.I, Sort.WE}
OWNERS = {("his",), ("her",), ("its",), ("their",)}
PHRASES = {Sort.ONE_PHRASE, Sort.MANY_PHRASE}
PEOPLE = {SpeakerKind.PERSON, SpeakerKind.UNNAMED, SpeakerKind.AUTHOR}
BODIES = {SpeakerKind.ORGANISATION, SpeakerKind.OUTLET}
LEAST_MASS = 0.35  # a description stands unless something else is likelier; best of .5, .35, .2 on set_aside.jsonl
NEAR = 12  # mentions before a relative pronoun among which what it follows is looked for
DEFINITE = frozenset("the this that these those".split())
MAX_CACHED = 4096
LONGEST_OWNED = 4  # words of "her campaign"
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ]")

Known = tuple[Meaning | None, float]
NOTHING: Known = (None, 0.0)


class Meanings:
    """The meanings of one text's mentions, found when they are asked for, earlier ones first.

    `sources` are the spans of the statements' sources: the mentions that matter most.
    """

    def __init__(self, text: str, *, antecedents: Antecedents, identities: Identities, sources: Iterable[Span]) -> None:
        self._text = text
        self._antecedents = antecedents
        self._mentions = antecedents.mentions.mentions
        self._identities = identities
        self._at = {m.span: i for i, m in enumerate(self._mentions)}
        self._sources = {self._at[span] for span in sources if span in self._at}
        self._known: dict[int, Known] = {}
        self._fitting: dict[tuple[int, Sort, SpeakerKind | None], bool] = {}
        self._by_head: dict[str, list[Mention]] = defaultdict(list)
        for mention in self._mentions:
            if not mention.names:
                self._by_head[mention.head].append(mention)
        self._descriptions = Descriptions(text, antecedents.mentions, identities=identities, named=self._named)

    def mention_at(self, span: Span) -> Mention | None:
        """The mention at exactly this span."""
        i = self._at.get(span)
        return None if i is None else self._mentions[i]

    def of(self, span: Span) -> Known:
        """Who or what the mention at `span` means, none where nothing tells, and how sure that is, 0 to 1."""
        i = self._at[span]
        for k in range(self._antecedents.earliest(i), i + 1):
            if k not in self._known:
                self._known[k] = self._find(k)
        return self._known[i]

    def _find(self, i: int) -> Known:
        mention = self._mentions[i]
        if mention.names:
            return self._named(i), 1.0
        if mention.sort is Sort.YOU:
            return (mention.head, SpeakerKind.UNNAMED), 1.0
        if mention.sort in PHRASES:
            return self._phrase(i)
        before = self._before_relative(i) if mention.sort in RELATIVE else None
        if before is not None:
            return self._known[before]
        return NOTHING if mention.sort in FIRST_PERSON else self._taken_up(i, None)

    def _phrase(self, i: int) -> Known:
        """What a phrase that names nobody means: somebody named elsewhere, or what it says itself."""
        phrase = self._mentions[i].span.of(self._text)
        own = self._owned(i) or described(phrase), kind_of_phrase(phrase)
        if i in self._sources and (pointed := self._descriptions.pointed_at(i, own[1])):
            return pointed
        if not self._points_back(i, phrase):
            return own, 1.0
        return self._taken_up(i, own)

    def _points_back(self, i: int, phrase: str) -> bool:
        """Whether a phrase may take up an earlier mention: a definite one that is a source, or a role."""
        opening, _, rest = phrase.partition(" ")
        role = is_role(self._mentions[i].head)
        if opening.lower() not in DEFINITE or (not role and _CAPITAL.search(rest)):
            return False
        return i in self._sources or role

    def _named(self, i: int) -> Meaning:
        """The full names of whoever heads the phrase; a crowd with a name ("some Republicans") is described."""
        mention = self._mentions[i]
        identities = [identity for name in mention.names if (identity := self._identities.of(name.span))]
        if rivals := self._identities.rivals(mention.names[0].span):
            identities[0] = self._likeliest(i, rivals) or identities[0]
        kind = kind_of(identities[0].name, identities[0].kind)
        if kind is SpeakerKind.UNNAMED:
            return described(mention.span.of(self._text)), kind
        *others, last = (identity.name for identity in identities)
        return (f"{', '.join(others)} and {last}" if others else last), kind

    def _likeliest(self, i: int, rivals: Sequence[Identity]) -> Identity | None:
        """Of those whom a family name fits the one that the earlier mentions speak for, if any does."""
        candidates, scores, _ = self._antecedents.of(i)
        masses: dict[str, float] = defaultdict(float)
        for k, score in zip(candidates.tolist(), (scores - scores.max(initial=0.0)).tolist(), strict=True):
            if meaning := self._known.get(k, NOTHING)[0]:
                masses[meaning[0]] += math.exp(score)
        best = max(rivals, key=lambda identity: masses.get(identity.name, 0.0))
        return best if masses.get(best.name) else None

    def _taken_up(self, i: int, own: Meaning | None) -> Known:
        """The likeliest meaning among those of the earlier mentions, and the mention's own description."""
        masses = self._masses(i, own)
        if not masses:
            return own, 1.0
        best = max(masses, key=lambda meaning: masses[meaning])
        if own and masses[best] < LEAST_MASS:
            return own, 1.0 - masses[best]
        return best, masses[best]

    def _masses(self, i: int, own: Meaning | None) -> dict[Meaning, float]:
        """The probability of each meaning that mention `i` may have; they add up to one."""
        mention = self._mentions[i]
        candidates, scores, none = self._antecedents.of(i)
        possible = [
            (score, meaning)
            for k, score in zip(candidates.tolist(), scores.tolist(), strict=True)
            if (meaning := self._known.get(k, NOTHING)[0])
            and self._mentions[k].span.start < mention.span.start
            and self._fits(k, mention.sort, own[1] if own else None, meaning[1])
        ]
        if own:
            possible.append((none, own))
        masses: dict[Meaning, float] = defaultdict(float)
        highest = max((score for score, _ in possible), default=0.0)
        for score, meaning in possible:
            masses[meaning] += math.exp(score - highest)
        total = sum(masses.values())
        return {meaning: mass / total for meaning, mass in masses.items()}

    def _fits(self, k: int, sort: Sort, own: SpeakerKind | None, kind: SpeakerKind) -> bool:
        """Whether a mention of this sort, its description of this kind, can take up mention `k` that means `kind`."""
        question = k, sort, own
        if question not in self._fitting:
            self._fitting[question] = self._may_mean(sort, own, self._mentions[k], kind)
        return self._fitting[question]

    def _may_mean(self, sort: Sort, own: SpeakerKind | None, earlier: Mention, kind: SpeakerKind) -> bool:
        if sort in PERSONAL:
            is_one = len(earlier.names) <= 1 and earlier.sort is not Sort.MANY_PHRASE
            is_human = bool(earlier.names) or earlier.sort not in PHRASES or is_role(earlier.head)
            return kind in PEOPLE and is_one and is_human and self._gender(earlier) in {sort, Gender.UNKNOWN}
        if sort is Sort.THEY:
            return kind is not SpeakerKind.PERSON or len(earlier.names) > 1
        if sort is Sort.IT or own is None:
            return sort is not Sort.IT or kind not in PEOPLE
        if own is SpeakerKind.UNNAMED:
            return kind in PEOPLE
        return kind in BODIES if own is SpeakerKind.ORGANISATION else kind is own

    def _gender(self, mention: Mention) -> Gender:
        """Whether a mention is of a man or a woman, as far as its name or its words tell."""
        if mention.name and (identity := self._identities.of(mention.name.span)):
            return identity.gender
        return gender_of(mention.span.of(self._text))

    def _before_relative(self, i: int) -> int | None:
        """The mention that a relative pronoun follows, the longest that ends right before it."""
        start = self._mentions[i].span.start
        near = [
            k
            for k in range(max(0, i - NEAR), i)
            if k in self._known
            and self._mentions[k].span.end <= start
            and self._text[self._mentions[k].span.end : start].strip() in ("", ",")
        ]
        return min(near, key=lambda k: self._mentions[k].span.start, default=None)

    def _owned(self, i: int) -> str | None:
        """Her campaign: the article's own "Falk campaign", else with the owner's name; none for other phrases."""
        mention = self._mentions[i]
        if len(mention.words) > LONGEST_OWNED or mention.words[:1] not in OWNERS:
            return None
        owner = self._at.get(Span(mention.span.start, mention.span.start + len(mention.words[0])))
        if owner is None:
            return None
        meaning, mass = self._taken_up(owner, None)
        if meaning is None or mass < LEAST_MASS or meaning[1] not in {SpeakerKind.PERSON, *BODIES}:
            return None
        family = meaning[0].split()[-1].lower()
        for other in self._by_head[mention.head]:
            if family in other.words[:LONGEST_OWNED]:
                return described(other.span.of(self._text))
        return f"{meaning[0]}’s {described(mention.span.of(self._text))}"


@lru_cache(MAX_CACHED)
def kind_of(name: str, kind: NameKind) -> SpeakerKind:
    """What an identity is as a speaker; an outlet is known by its name even where that is misspelt."""
    if kind is not NameKind.PERSON and outlet_like(name):
        return SpeakerKind.OUTLET
    return kind_of_name(name, kind)
