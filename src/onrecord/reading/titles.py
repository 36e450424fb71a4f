"""A person's name taken apart: the name itself without titles and asides, and its words for comparison.

News puts posts before names and parties behind them, brackets inserted words and prints nicknames between marks. What
stands before a name is told by the list data/titles.txt. What it refuses to do: to guess where a post that is not in
the list ends and the name begins; that takes the sentence, and the model that reads it.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from onrecord.reading.pronouns import Gender
from onrecord.reading.wordlists import phrases, words

# A word of a name, folded, cut at its hyphens; and all words of a name.
Word = tuple[str, ...]
Name = tuple[Word, ...]

MAX_CACHED = 4096
MAX_INITIALS = 3

_QUOTED = re.compile(r"(?<=\s)[\"“”„«'‘’][^\"“”„«»]+?[\"“”»'’](?=\s)")
_ASIDE = re.compile(r"\([^()]*(?:\)|$)")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’ʼ`´]s|(?<=s)['’ʼ`´])$", re.IGNORECASE)
_BEHIND = re.compile(r"(?<=\S)\s+(?:of|from|for|at|in|on|with|who|whose)\s.*")
_HYPHEN = re.compile(r"[-‐‑–]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_]")
_EDGES = " \t\n,;:!?\"“”„«»'‘’‚–—-/"
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a"}
)


def bare(name: str) -> str:
    """A person's name without titles and roles, asides, nicknames between marks and possessive endings."""
    text = " ".join(_untitled(_without_end(unquoted(_QUOTED.sub(" ", name))).split()))
    head = _BEHIND.sub("", text)
    return head if " " in head and not is_body(head.split()[-1]) else text


def unquoted(name: str) -> str:
    """A name without the marks around it, brackets and asides, and its possessive ending; white space collapsed."""
    text = _ASIDE.sub(" ", name.replace("[", "").replace("]", ""))
    return _POSSESSIVE.sub("", " ".join(text.split()).strip(_EDGES)).strip(_EDGES)


def is_body(word: str) -> bool:
    """Whether a name that ends in this word is a body's and no person's ("Duforth Foundation")."""
    return phrases("source_nouns").get(folded(word)) == "organisation"


def key(name: str) -> tuple[str, ...]:
    """The name's tokens for comparison: without titles, case, accents, hyphens and full stops."""
    return tuple(half for word in words_of(name) for half in word)


def honorific_gender(name: str) -> Gender:
    """Whether the titles before a name are a man's ("Mr.") or a woman's ("Congresswoman")."""
    for word in name.split()[:-1]:
        title = plain(word)
        if title in words("titles", "she"):
            return Gender.SHE
        if title in words("titles", "he"):
            return Gender.HE
        if title not in words("titles", "always", "before"):
            break
    return Gender.UNKNOWN


def folded(text: str) -> str:
    """The text without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_LETTERS)


@lru_cache(MAX_CACHED)
def words_of(name: str) -> Name:
    """The words of the bare name for comparison; initials that stand together are words of their own."""
    of_name = bare(name).split()
    if len(of_name) > 1 and plain(of_name[0]) in words("titles", "name"):
        del of_name[0]
    in_capitals = all(word.isupper() for word in of_name)
    found = []
    for i, word in enumerate(of_name):
        letters = word.replace(".", "")
        are_initials = letters.isupper() and len(letters) <= MAX_INITIALS and i < len(of_name) - 1 and not in_capitals
        is_cut = _DOTTED.fullmatch(word) or (are_initials and plain(word) not in words("titles", "suffix"))
        found += [_halves(part) for part in (letters if is_cut else [word])]
    return tuple(word for word in found if word)


def _halves(word: str) -> Word:
    halves = ("".join(filter(str.isalnum, folded(half))) for half in _HYPHEN.split(word))
    return tuple(half for half in halves if half)


def plain(word: str) -> str:
    """The word without case, full stops and the marks around it, as the lists of titles have it."""
    return word.casefold().replace(".", "").strip(_EDGES)


def _without_end(text: str) -> str:
    """A name up to its first comma, but for a suffix behind it; a full stop stays behind a suffix or an initial."""
    head, *rest = (part.strip() for part in text.split(","))
    if rest and plain(rest[0]) in words("titles", "suffix"):
        head = f"{head}, {rest[0]}"
    of_name = head.split()
    while len(of_name) > 2 and _is_degree(of_name[-1]):
        of_name.pop()
    if of_name and plain(of_name[-1]) not in words("titles", "suffix") and len(plain(of_name[-1])) > 1:
        of_name[-1] = of_name[-1].rstrip(".")
    return " ".join(of_name)


def _is_degree(word: str) -> bool:
    return plain(word) in words("titles", "degree") and ("." in word or word.isupper())


def _untitled(of_name: list[str]) -> list[str]:
    """The words of a name behind its last title."""
    last = max((i for i in range(len(of_name)) if _is_title(of_name, i)), default=-1)
    rest = of_name[last + 1 :]
    while len(rest) > 1 and plain(rest[0]) in words("titles", "before"):
        rest = rest[1:]
    # "Secretary of State Lenka Duforth": what a minister is minister of has no end that can be told
    return rest[-2:] if len(rest) > 3 and rest[0] in {"of", "for"} else rest


def _is_title(of_name: Sequence[str], i: int) -> bool:
    """Whether word `i` is a title of the name that follows it, or whom it belongs to ("Falkland's Lenka Duforth")."""
    n_behind = sum(plain(word) not in words("titles", "suffix") for word in of_name[i + 1 :])
    title = plain(of_name[i])
    parts = {title, *_HYPHEN.split(title)}
    if parts & words("titles", "always"):
        return n_behind > 0
    may_be_named = title in words("titles", "name") or (i == 0 and title in words("titles", "given"))
    is_owner = _POSSESSIVE.search(of_name[i]) and not is_body(of_name[-1])
    return n_behind > 1 and (may_be_named or bool(is_owner))
