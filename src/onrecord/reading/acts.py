"""The act of a statement: what its cue says the source does, by a list of verbs, nouns and phrases.

The list is data/acts.txt. The cue's dictionary sense decides and nothing around it does, but for two things that turn
it: a negation ("did not respond") and a content that is a question.
"""

import re
from functools import cache
from importlib import resources

from onrecord.statement import Act

_WORD = re.compile(r"[a-z]+")
_NEGATION = re.compile(r"(?:\b|(?<=\bcan))not\b|\b(?:never|no)\b|n[’']t\b")
LONGEST_ENTRY = 4


def act_of(cue: str, content: str) -> Act:
    """The act that `cue` names for `content`; assert where the list knows none of its words."""
    words = _WORD.findall(_NEGATION.sub(" not ", cue.lower()))
    act = next((act for i in range(len(words)) if (act := _act_at(words, i))), None)
    if content.rstrip("\"”’' ").endswith("?") and act in (None, Act.ASSERT, Act.THINK):
        return Act.ASK
    return act or Act.ASSERT


def holds_cue(content: str) -> bool:
    """Whether words of `content` may be a cue, so that a statement may lie inside."""
    words = _WORD.findall(content.lower())
    return any(_act_at(words, i) for i in range(len(words)))


def _act_at(words: list[str], i: int) -> Act | None:
    """The act of the longest entry that begins at word `i`; an entry that is not negated passes over a "not"."""
    by_form = _entries()
    here = words[i : i + LONGEST_ENTRY]
    for own in (here, [word for word in here if word != "not"]):
        for length in range(len(own), 0, -1):
            act = by_form.get(tuple(own[:length]))
            if act:
                return act
    return None


@cache
def _entries() -> dict[tuple[str, ...], Act]:
    """Every inflected form of every entry to its act."""
    entries: dict[tuple[str, ...], Act] = {}
    for line in _lines("acts.txt"):
        act, _, phrases = line.partition(": ")
        for phrase in phrases.split(", "):
            words = phrase.split()
            n_fixed = int(words[0] == "not")
            for form in _forms(words[n_fixed]):
                entries.setdefault((*words[:n_fixed], form, *words[n_fixed + 1 :]), Act(act))
    return entries


def _forms(base: str) -> set[str]:
    """The forms that an English verb or noun may take."""
    stem = base.removesuffix("e")
    forms = {base, f"{base}s", f"{stem}ed", f"{stem}ing", *_irregular().get(base, ())}
    if base.endswith("y") and base[-2:-1] not in "aeou":
        forms |= {f"{base[:-1]}ies", f"{base[:-1]}ied"}
    if base.endswith(("s", "sh", "ch", "x", "z")):
        forms.add(f"{base}es")
    return forms


@cache
def _irregular() -> dict[str, list[str]]:
    """Base forms to the forms that do not follow from them."""
    return {base: forms for base, *forms in map(str.split, _lines("irregular_verbs.txt"))}


def _lines(name: str) -> list[str]:
    """The lines of a data file that are no comments."""
    text = resources.files("onrecord.reading").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
