"""The words of a stretch of text, and where among them an outlet, a programme, a platform or a body is named.

Names come from the model, which may cut them badly, and from lists; what neither knows is a name only where it says
itself what it is ("Fenwick magazine"). Whether a name is a venue there is not decided here.
"""

import re
from collections.abc import Sequence

from onrecord.outlets import candidates, outlet_named
from onrecord.reading.leads import used_as
from onrecord.reading.named import Name, NameKind
from onrecord.span import Span

# A hidden part; a title with its stop; the ending of a possessive; a word; any other mark.
_TOKEN = re.compile(
    r"\0+|(?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr)\.|[’']s\b|(?<=s)[’'](?=\s)"
    r"|[^\W_](?:[\w&-]|\.(?=\w)|[’'](?!s\b)(?=\w))*|''|\S"
)
_DAY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*)"
)
_PEOPLES = re.compile(r"\w+(?:an|ish|ese|[ae]li|[ai]qi)|French|Dutch|Greek|Swiss|Czech|Thai")
_PARTICIPLE = re.compile(r"\w+(?:ed|ing|ly)|sent|held|shown|given")
_OPENING, _CLOSING = ("''", *"\"“‘'"), ("''", *"\"”’'")
_SMALL = ("of", "the", "with", "on", "in", "to", "at", "for", "and", "&", "de", "la", "le")
POSSESSIVES = ("'s", "’s", "'", "’")
LONGEST_NAME = 7
LONGEST_TITLE = 8


class Stretch:
    """The words of a stretch of text; a hidden part is one word that means nothing. `lower` ends with an empty word."""

    def __init__(self, text: str, span: Span, *, hidden: Sequence[Span], names: Sequence[Name]) -> None:
        self.text = text
        self.names = {n.span.start: n for n in names if span.holds(n.span)}
        line = span.of(text)
        for part in hidden:
            begin, end = max(part.start, span.start) - span.start, min(part.end, span.end) - span.start
            line = line[:begin] + "\0" * (end - begin) + line[end:] if begin < end else line
        found = list(_TOKEN.finditer(line))
        self.spans = [Span(m.start() + span.start, m.end() + span.start) for m in found]
        self.words = [*(m.group() for m in found), ""]
        self.lower = [word.lower() for word in self.words]

    def span(self, start: int, end: int) -> Span:
        """The characters of the words from `start` to before `end`."""
        return Span(self.spans[start].start, self.spans[end - 1].end)

    def said(self, start: int, end: int) -> str:
        """The words from `start` to before `end` as they stand in the text, in one line."""
        return " ".join(self.span(start, end).of(self.text).split())

    def is_capital(self, k: int) -> bool:
        """Whether the word at `k` begins with a capital or a digit."""
        return self.words[k][:1].isupper() or self.words[k][:1].isdigit()

    def is_day(self, k: int) -> bool:
        """Whether the word at `k` names a day or a month."""
        return _DAY.fullmatch(self.words[k]) is not None

    def ends_phrase(self, k: int) -> bool:
        """Whether the noun before the word at `k` is the last of its phrase."""
        word = self.words[k]
        if not word or word in POSSESSIVES or word == "/":
            return not word
        known = word.lower() in used_as("ends") | used_as("times")
        return known or not word[0].isalpha() or word[0].isupper() or _PARTICIPLE.fullmatch(word) is not None

    def ends_person(self, k: int) -> bool:
        """Whether somebody's name ends before the word at `k`."""
        end = self.spans[k - 1].end
        return any(n.span.end == end and n.kind is NameKind.PERSON for n in self.names.values())

    def kind(self, k: int) -> NameKind | None:
        """The kind of the name that begins at `k`, if one does."""
        name = self.names.get(self.spans[k].start)
        return name.kind if name else None

    def outlet_end(self, k: int, *, loose: bool) -> int:
        """Where the longest name of an outlet, a programme or a platform that begins at `k` ends, or 0.

        `loose` allows names that others bear too.
        """
        if not (self.is_capital(k) or self.lower[k] == "the"):
            return 0
        ends = [end for end in range(min(len(self.spans), k + LONGEST_NAME), k, -1) if self.is_capital(end - 1)]
        return next((whole for end in ends if (whole := self._outlet_end(k, end, loose=loose))), 0)

    def _outlet_end(self, k: int, end: int, *, loose: bool) -> int:
        """Where the outlet ends that the words to `end` name, with what the model takes for the rest of its name."""
        whole = self._name_end(k)
        is_person = self.kind(k) is NameKind.PERSON
        if not self._is_proper(k, end) or (is_person and whole < end):
            return 0
        joint = next((j for j in range(k + 1, end) if self.lower[j] == "and"), 0)
        if joint and candidates(self.said(k, joint)):
            return 0
        name = self.said(k, end)
        if outlet_named(name):
            return end if is_person else max(end, whole)
        if any(self.is_day(j) for j in range(k, end)):
            return 0
        # "Time" is an outlet behind "told"; in "Time Warner" and in "Fenwick Time" it is none
        is_part = self._is_joined(end) or (k > 0 and self._is_joined(k - 1))
        return end if loose and not is_person and not is_part and candidates(name) else 0

    def _is_joined(self, k: int) -> bool:
        """Whether the word at `k` may be part of a name that stands beside it."""
        return self.is_capital(k) and not self.is_day(k) and self.lower[k] != "the"

    def _is_proper(self, k: int, end: int) -> bool:
        """Whether the words may be a name: capitals, with small words between them."""
        return all(self.is_capital(j) or self.lower[j] in _SMALL for j in range(k, end))

    def _name_end(self, k: int) -> int:
        """Where the name that begins at `k` ends, if it is whole, or 0."""
        name = self.names.get(self.spans[k].start)
        if name is None:
            return 0
        end = next((j + 1 for j in range(k, len(self.spans)) if self.spans[j].end >= name.span.end), 0)
        return end if self._is_proper(k, end) else 0

    def body_end(self, k: int) -> int:
        """Where the name of an organisation ends that begins at `k`, or 0."""
        return self._name_end(k) if self.kind(k) is NameKind.ORGANISATION else 0

    def run_end(self, k: int) -> int:
        """Where the capitalised words at `k` end that are nobody's name, or 0."""
        if not self.words[k][:1].isupper() or self.is_day(k) or self.kind(k) is NameKind.PERSON:
            return 0
        end = k
        while self.is_capital(end) or (self.lower[end] in _SMALL and self.is_capital(end + 1)):
            end += 1
        return end

    def self_styled_end(self, k: int) -> int:
        """Where the words at `k` end that say themselves what they are, or 0: "Radio Fenwick", "Fenwick magazine"."""
        run = self.run_end(k)
        kind = next((j for j in range(k, run) if not used_as("outlets").isdisjoint(self.lower[j].split("-"))), None)
        if kind is not None:
            # "WOZX-TV of Weyport"
            end = next((j for j in range(kind + 1, run) if self.lower[j] in _SMALL), run)
            return end if end - k > 1 or "-" in self.words[k] else 0
        is_styled = run and self.lower[run] in used_as("outlets") and not self.is_capital(run + 1)
        return run + 1 if is_styled and not _PEOPLES.fullmatch(self.words[k]) else 0

    def title_end(self, k: int) -> int:
        """Where the title ends that the quotation mark at `k` opens, or 0."""
        if self.words[k] not in _OPENING or not self.is_capital(k + 1):
            return 0
        for end in range(k + 2, min(len(self.spans), k + LONGEST_TITLE)):
            if self.words[end] in (*_CLOSING, ",", "."):
                after = end + 1 + (self.words[end] in (",", "."))
                return end if after >= len(self.words) or self.ends_phrase(after) else 0
        return 0
