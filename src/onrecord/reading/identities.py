"""Who is who in one article: every name in it put together with the other forms of the same name.

"Benjamin Haddad" and "Haddad", "North Atlantic Treaty Organization" and "NATO" are one identity each. A name of one
word goes with the longer name that it fits; where it fits several, with the one named in full most often. Nothing is
looked up outside the article, and two names that merely look alike stay two.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.outlets import outlet_named
from onrecord.reading.given import gender_of_given
from onrecord.reading.named import Name, NameKind
from onrecord.reading.names import Fit, fits, fullest, honorific_gender, key
from onrecord.reading.organisations import same_organisation
from onrecord.reading.pronouns import Gender
from onrecord.span import Span

LONGEST_TITLE = 20
MANY = 300  # identities in a text, beyond which misspelt forms of a name are not looked for


@dataclass(eq=False)
class Identity:
    """One person, organisation, place or other thing that the article names, with every form of its name.

    `own` says of each form whether the article itself uses it, outside quotation marks; `titled` are the forms with the
    word before them, which may be a title. Name and gender are to be asked for when every form is there.
    """

    kind: NameKind
    forms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    own: list[bool] = field(default_factory=list)
    titled: list[str] = field(default_factory=list)

    @cached_property
    def name(self) -> str:
        """The fullest form among the article's own, else among those in quotations."""
        own = [form for form, is_own in zip(self.forms, self.own, strict=True) if is_own]
        forms = set(own if any(" " in form for form in own) else self.forms)
        return fullest(sorted(forms), person=self.kind is NameKind.PERSON) or self.forms[0]

    @cached_property
    def gender(self) -> Gender:
        """Whether a man or a woman, by a title before the name or by the given name; unknown where they disagree."""
        return _told(self)


class Identities:
    """The identities of one article; `of` finds the one that a name's span belongs to."""

    def __init__(self, text: str, names: Sequence[Name], *, quoted: bytearray) -> None:
        self._text = text
        self._quoted = quoted
        self.all: list[Identity] = []
        self._by_span: dict[Span, Identity] = {}
        self._by_words: dict[tuple[NameKind, str], Identity] = {}
        self._by_token: dict[str, list[Identity]] = defaultdict(list)
        self._ambiguous: set[tuple[NameKind, str]] = set()
        self._rivals: dict[Span, list[Identity]] = {}
        words = {n.span: " ".join(n.span.of(text).split()) for n in names}
        for name in sorted(names, key=lambda n: (-len(key(words[n.span])), n.span)):
            self._add(name, words[name.span])

    def of(self, span: Span) -> Identity | None:
        """The identity that the name at `span` belongs to."""
        return self._by_span.get(span)

    def rivals(self, span: Span) -> Sequence[Identity]:
        """All that the short name at `span` may be short for, if they are several."""
        return self._rivals.get(span, ())

    def _add(self, name: Name, words: str) -> None:
        known = self._by_words.get((name.kind, words))
        is_full = len(key(words)) > 1 if name.kind is NameKind.PERSON else " " in words
        identity = known or (self._same(name, words) if is_full else self._longer(name, words))
        if identity is None:
            identity = Identity(name.kind)
            self.all.append(identity)
        if (name.kind, words) not in self._ambiguous:
            self._by_words[name.kind, words] = identity
        for token in key(words) if known is None else ():
            if identity not in self._by_token[token]:
                self._by_token[token].append(identity)
        identity.forms.append(words)
        identity.own.append(not self._quoted[name.span.start])
        identity.titled.append(self._titled(name, words))
        identity.spans.append(name.span)
        self._by_span[name.span] = identity

    def _same(self, name: Name, words: str) -> Identity | None:
        """The identity that already bears this name of several words, or a form of it."""
        if name.kind is NameKind.PERSON:
            scored = [(_fit(words, i), i) for i in self._like(words) if i.kind is NameKind.PERSON]
            best = max((fit for fit, _ in scored), default=Fit.NONE)
            return next((i for fit, i in scored if fit == best), None) if best >= Fit.FAMILY else None
        others = (i for i in self._like(words) if i.kind is not NameKind.PERSON and _may_be_one(words, i))
        return next((i for i in others if any(same_organisation(words, form) for form in set(i.forms))), None)

    def _longer(self, name: Name, words: str) -> Identity | None:
        """The identity that a name of one word is short for."""
        if name.kind is not NameKind.PERSON:
            found = self._same(name, words) or self._outlet(words)
            if found or name.kind is not NameKind.OTHER:
                return found
        scored = [(_fit(words, i), i) for i in self._like(words) if i.kind is NameKind.PERSON]
        best = max((fit for fit, _ in scored), default=Fit.NONE)
        if best is Fit.NONE or (name.kind is not NameKind.PERSON and best < Fit.FAMILY):
            return None
        fitting = [i for fit, i in scored if fit == best]
        if len(fitting) > 1:
            self._ambiguous.add((name.kind, words))
        title = honorific_gender(self._titled(name, words))
        if title is not Gender.UNKNOWN:
            fitting = [i for i in fitting if _told(i) in {title, Gender.UNKNOWN}] or fitting
        if len(fitting) > 1:
            self._rivals[name.span] = fitting
        return _likeliest(fitting, name.span)

    def _titled(self, name: Name, words: str) -> str:
        """A name with the word before it, which may be a title."""
        before = self._text[max(0, name.span.start - LONGEST_TITLE) : name.span.start].split()
        return " ".join([*before[-1:], words])

    def _outlet(self, words: str) -> Identity | None:
        """The outlet that the article names in full and here by its last word alone: "the Times"."""
        found = [
            i
            for i in self._like(words)
            if any(form.endswith(f" {words}") and outlet_named(form, in_context=True) for form in set(i.forms))
        ]
        return found[0] if len(found) == 1 else None

    def _like(self, words: str) -> Sequence[Identity]:
        """The identities to compare with: all, or where these are very many, those with a word in common."""
        if len(self.all) <= MANY:
            return self.all
        return list(dict.fromkeys(identity for token in key(words) for identity in self._by_token[token]))


def _may_be_one(words: str, identity: Identity) -> bool:
    """Whether a name and an identity share a word, or one of them may be short for the other in another way."""
    own = key(words)
    return (
        len(own) == 1
        or words.isupper()
        or any(form.isupper() or not set(own).isdisjoint(key(form)) for form in set(identity.forms))
    )


def _told(identity: Identity) -> Gender:
    """What the titles and given names of the forms so far tell."""
    told = {honorific_gender(titled) for titled in set(identity.titled)}
    told |= {gender_of_given(form.split()[0]) for form in set(identity.forms) if " " in form}
    told.discard(Gender.UNKNOWN)
    return told.pop() if len(told) == 1 else Gender.UNKNOWN


def _fit(words: str, identity: Identity) -> Fit:
    full = {form for form in identity.forms if " " in form} or set(identity.forms)
    return max(fits(words, form) for form in full)


def _likeliest(identities: Sequence[Identity], span: Span) -> Identity:
    """Of several identities the one named in full most often, of equals the one named last before `span`."""

    def worth(identity: Identity) -> tuple[int, int]:
        n_full = sum(len(key(form)) > 1 for form in identity.forms)
        return n_full, max((s.start for s in identity.spans if s < span), default=-min(identity.spans).start)

    return max(identities, key=worth)
