"""What an article calls somebody where it names them: "Mayor Jorun Falk", "Tomas Brandvold, an engineer".

Roles tell two people of one name apart: a senator and a surgeon are hardly the same. The nouns are those of
data/source_nouns.txt and data/titles.txt; which walk of life a role belongs to stands in data/walks.txt. What it
refuses to do: to guess a role that the words beside the name do not state.
"""

import re
from collections.abc import Iterable, Iterator

from onrecord.reading.kinds import is_role
from onrecord.reading.phrases import noun_phrase, singular
from onrecord.reading.titles import plain
from onrecord.reading.wordlists import phrases, words

LONGEST_ROLE = 6
LONGEST_NOUN = 2

_WORD = re.compile(r"\w+")
_INSERTION = re.compile(r"[,;:()—–]")
_OPENING = {"a", "an", "the", "our", "my", "his", "her", "its", "their", "one", "this", "that", "then", "and"}
_SPELT_OUT = {"sen": "senator", "gov": "governor", "rep": "representative", "gen": "general", "prof": "professor"}
_COURTESY = {"mr", "mrs", "ms", "miss", "mister", "madam", "sir", "messrs"}


def role_in(source: str, name: str) -> str | None:
    """The role that the words of a source state of whom they name or point to, none where they state none."""
    *_, family = name.split() or [name]
    found = re.search(rf"\b{re.escape(family)}\b", source) if family else None
    if found is None:
        return _role(source)
    head = source[: _start_of_name(source, name, family_at=found.start())]
    behind = source[found.end() :].lstrip()
    apposition = _INSERTION.split(behind[1:])[0] if behind[:1] in {",", "(", "—", "–"} else ""
    return _role(_INSERTION.split(head)[-1]) or _role(apposition)


def walks_of(roles: Iterable[str]) -> frozenset[str]:
    """The walks of life that roles belong to; most tell none."""
    return frozenset(walk for role in roles for walk in _walks(role))


def titled(role: str) -> bool:
    """Whether a role is a title that stands before a name: "senator", but not "aide to the mayor"."""
    of_role = role.split()
    return len(of_role) <= LONGEST_NOUN and plain(of_role[-1]) in words("titles", "always", "name")


def _start_of_name(source: str, name: str, *, family_at: int) -> int:
    """Where the name begins whose family name stands there, counting the given names that are written before it."""
    start = family_at
    for word in reversed(name.split()[:-1]):
        before = source[:start].rstrip()
        if not before.endswith(word):
            break
        start = len(before) - len(word)
    return start


def _role(phrase: str) -> str | None:
    """A phrase as a role, if its head is one that one person has, without "the"."""
    of_phrase = phrase.strip(' ,;:()"“”‘’—–-').split()
    while of_phrase and plain(of_phrase[0]) in _OPENING:
        del of_phrase[0]
    of_head = [*noun_phrase(" ".join(of_phrase))] or of_phrase
    if not of_head or len(of_phrase) > LONGEST_ROLE or not _WORD.search(of_head[-1]):
        return None
    noun = plain(of_head[-1])
    is_one = singular(noun) == noun and (noun in words("titles", "always") or is_role(noun))
    if noun in _COURTESY or not is_one:
        return None
    return " ".join(_in_role(word) for word in of_phrase)


def _in_role(word: str) -> str:
    """A word as it stands in a role: titles and nouns in lower case, and spelt out."""
    return _SPELT_OUT.get(plain(word), word.lower().rstrip(".")) if _is_common(word) else word


def _is_common(word: str) -> bool:
    noun = plain(word)
    return noun in words("titles", "always", "before", "name") or (bool(noun) and is_role(noun))


def _walks(role: str) -> Iterator[str]:
    of_role = [plain(word) for word in (noun_phrase(role) or role.split())]
    for length in range(LONGEST_NOUN, 0, -1):
        noun = " ".join(of_role[-length:])
        walk = phrases("walks").get(noun) or phrases("walks").get(singular(noun))
        if walk:
            yield walk
            return
