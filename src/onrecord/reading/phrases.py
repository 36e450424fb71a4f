"""An English noun phrase taken apart: its head, what describes somebody in it, one or several.

Sources are phrases more often than names: "two of the people briefed on it", "a senior aide who spoke on condition of
anonymity". Word lists (data/phrase_words.txt) tell where the phrase's head stands; what they do not know is taken for
part of it. What it refuses to do: to parse; a verb is known by its ending and by what stands before it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from onrecord.intake.phrases import collapsed
from onrecord.reading.pronouns import Number, pronoun_of
from onrecord.reading.wordlists import phrases, words

_EDGES = " \"“”„«»'‘’,;:!?–—-"
_FULL_STOP = re.compile(r"(?<![.\s]\w)(?<![.\s]\w\w)\.+$")
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)
_INSERTION = re.compile(r"(?<!\d), |(?<=\d), (?!\d)|;|: | [(\[]| ?[—–]| --? ")
_NUMBER = re.compile(r"[\d.,]*\d(?:%|st|nd|rd|th)?")
_NO_VERB = re.compile(r"(?:any|every|no|some)?thing|king|building|wing|morning|evening|.*(?:eed|ied)")
MAX_CACHED = 4096
# How many of the words before a head may belong to it: "trade union", "law enforcement agency".
LONGEST_NOUN = 3
SHORTEST_VERB = 3


@lru_cache(MAX_CACHED)
def head_noun(phrase: str) -> str:
    """The noun that the phrase is about, as it stands there: "people" in "one of the people briefed on it"."""
    of_phrase = noun_phrase(phrase)
    return of_phrase[-1] if of_phrase else ""


def noun_phrase(phrase: str) -> list[str]:
    """The words of the phrase up to its head; empty where there are no words."""
    return _to_head(_before_insertion(_trimmed(phrase)).split())


@lru_cache(MAX_CACHED)
def described(phrase: str) -> str:
    """The phrase as the name of somebody who has none: without article, relative clause, apposition and time."""
    text = _without_insertions(_trimmed(phrase))
    of_phrase = text.split()
    end = next((i for i in range(1, len(of_phrase)) if _is_dropped(of_phrase, i)), len(of_phrase))
    while end > 1 and _plain(of_phrase[end - 1]) in words("phrase_words", "dangling"):
        end -= 1
    begin = 0
    while begin < end - 1 and _is_article(of_phrase, begin):
        begin += 1
    return _POSSESSIVE.sub("", " ".join(of_phrase[begin:end]).strip(_EDGES))


@lru_cache(MAX_CACHED)
def number_of(phrase: str) -> Number:
    """Whether the phrase means one or several, as far as its words tell."""
    if pronoun := pronoun_of(phrase):
        return pronoun.number
    of_phrase = [_plain(word) for word in noun_phrase(phrase)]
    if not of_phrase:
        return Number.UNKNOWN
    first, head, text = of_phrase[0], of_phrase[-1], f"{_trimmed(phrase).lower()} "
    if text.startswith(("one of ", "each of ", "either of ", "neither of ")):
        return Number.SINGULAR
    if (
        f"{head} and " in text
        or _NUMBER.fullmatch(head)
        or {first, head} & words("phrase_words", "several")
        or singular(head) != head
    ):
        return Number.PLURAL
    is_one = first in words("phrase_words", "single") or head in words("phrase_words", "singular") or is_noun(head)
    return Number.SINGULAR if is_one else Number.UNKNOWN


def singular(noun: str) -> str:
    """A noun's singular, in lower case; itself where it is none or has none."""
    word = noun.lower()
    if word in words("phrase_words", "singular"):
        return word
    if word in _irregular():
        return _irregular()[word]
    for ending, single in (("women", "woman"), ("men", "man"), ("ies", "y"), ("sses", "ss"), ("ches", "ch")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word.removesuffix(ending) + single
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2 else word


def is_noun(word: str) -> bool:
    """Whether the word is among the nouns that sources are known by, or the plural of one."""
    return not {word.lower(), singular(word)}.isdisjoint(phrases("source_nouns"))


def _trimmed(phrase: str) -> str:
    """The phrase in one line without marks at its edges and words before it that are no part of it."""
    of_phrase = _FULL_STOP.sub("", collapsed(phrase).strip(_EDGES)).strip(_EDGES).split()
    while len(of_phrase) > 1 and of_phrase[0].lower() in words("phrase_words", "opening"):
        of_phrase = of_phrase[1:]
    return " ".join(of_phrase)


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.lower().strip(f"{_EDGES}.()[]"))


def _before_insertion(text: str) -> str:
    """The words up to the first comma, dash or bracket behind a noun; those between adjectives are passed over."""
    for mark in _INSERTION.finditer(text):
        before = text[: mark.start()].split()
        if before and (mark.group() != ", " or _is_nominal(before, len(before) - 1)):
            return text[: mark.start()]
    return text


def _without_insertions(text: str) -> str:
    """The words without appositions, what is in brackets and what is between dashes; a list keeps its members."""
    mark = next((m for m in _INSERTION.finditer(text) if text[: m.start()].strip()), None)
    if mark is None:
        return text
    if mark.group() == ", " and not _opens_aside(behind := text[mark.end() :].split()):
        is_list = not {"and", "or"}.isdisjoint(behind)
        if is_list or not _is_nominal(text[: mark.start()].split(), -1):
            return text
    return text[: mark.start()]


def _opens_aside(of_phrase: Sequence[str]) -> bool:
    """Whether the words behind a comma explain what stands before it; "28% of independents" is one more of a list."""
    first = _plain(of_phrase[0]) if of_phrase else ""
    is_share = len(of_phrase) > 2 and of_phrase[1] in {"of", "percent"}
    opens = first in words("phrase_words", "aside") or _NUMBER.fullmatch(first) or first.endswith(("ed", "ing"))
    return bool(opens) and not is_share


def _to_head(of_phrase: list[str]) -> list[str]:
    """The words up to the head; what stands behind the "of" of a share or a number has the head."""
    while len(of_phrase) > 1 and (_plain(of_phrase[0]) in words("phrase_words", "roughly") or of_phrase[0] == "at"):
        of_phrase = of_phrase[1:]
    end = next((i for i in range(1, len(of_phrase)) if _ends_before(of_phrase, i)), len(of_phrase))
    if end < len(of_phrase) - 1 and _is_partitive(of_phrase, end):
        rest = of_phrase[end + 1 :]
        while len(rest) > 1 and _plain(rest[0]) in {*words("phrase_words", "opening"), "of"}:
            rest = rest[1:]
        if (inner := _to_head(rest)) and not (pronoun_of(inner[-1]) or _NUMBER.fullmatch(inner[-1])):
            return inner
    return [_POSSESSIVE.sub("", word.strip(_EDGES)) for word in of_phrase[:end]]


def _is_partitive(of_phrase: Sequence[str], end: int) -> bool:
    """Whether the words before a preposition only say how many of what follows are meant."""
    before = _plain(of_phrase[end - 1])
    is_count = before in words("phrase_words", "partitive") or _NUMBER.fullmatch(before) is not None
    return is_count and of_phrase[end].lower() in {"of", "in", "out", "than", "to"}


def _ends_before(of_phrase: Sequence[str], i: int) -> bool:
    """Whether the head of a phrase stands before its word `i`."""
    word, before = _plain(of_phrase[i]), _plain(of_phrase[i - 1])
    if word in words("phrase_words", "relative", "subject"):
        return True
    if word in words("phrase_words", "preposition"):
        return before not in words("phrase_words", "article")
    if word in {"and", "or"}:
        return i + 1 < len(of_phrase) and of_phrase[i + 1].lower() in words("phrase_words", "article")
    if not _is_nominal(of_phrase, i - 1):
        return False
    is_next_phrase = word in {"the", "a"} and is_noun(before)
    return is_next_phrase or word in words("phrase_words", "tail", "weekday") or _is_verbal(of_phrase, i)


def _is_verbal(of_phrase: Sequence[str], i: int) -> bool:
    """Whether word `i` looks like an adverb or a participle; one in -ed goes with the noun that follows it, if any."""
    word = _plain(of_phrase[i])
    if not of_phrase[i].islower() or is_noun(word) or _NO_VERB.fullmatch(word) or len(word) < SHORTEST_VERB:
        return False
    if word in words("phrase_words", "participle") or word.endswith("ed"):
        return i + 1 == len(of_phrase) or _follows_verb(_plain(of_phrase[i + 1]))
    return word.endswith(("ing", "ly"))


def _follows_verb(word: str) -> bool:
    """Whether a word cannot be the noun that a participle goes with."""
    is_small = word in words("phrase_words", "preposition", "relative", "tail", "weekday", "article", "demonstrative")
    return is_small or word.endswith("ly") or _NUMBER.fullmatch(word) is not None


def _is_nominal(of_phrase: Sequence[str], i: int) -> bool:
    """Whether word `i` can be a phrase's head: a known noun, a plural, a number or a "those"; an owner cannot."""
    word = of_phrase[i].strip(_EDGES)
    if _POSSESSIVE.search(of_phrase[i].rstrip(",")) or _plain(word) in words("phrase_words", "article"):
        return False
    is_capitalised = word[:1].isupper() and i != 0
    return is_noun(word) or singular(word) != word.lower() or _NUMBER.fullmatch(word) is not None or is_capitalised


def _is_article(of_phrase: Sequence[str], i: int) -> bool:
    """Whether word `i` only points at what follows: "the", "her", "those" before a noun."""
    has_noun = _plain(of_phrase[i + 1]) not in words("phrase_words", "preposition", "relative")
    word = _plain(of_phrase[i])
    return word in words("phrase_words", "article") or (has_noun and word in words("phrase_words", "demonstrative"))


def _is_dropped(of_phrase: Sequence[str], i: int) -> bool:
    """Whether a description ends before word `i`: a relative clause, a participle or a time; "those who" are kept."""
    word = _plain(of_phrase[i])
    if not words("phrase_words", "bearer").isdisjoint(map(_plain, of_phrase[:i])) or not _is_nominal(of_phrase, i - 1):
        return False
    is_time = word in words("phrase_words", "weekday") or " ".join(map(_plain, of_phrase[i : i + 2])) in _times()
    is_participle = _is_verbal(of_phrase, i) and not word.endswith(("ing", "ly"))
    is_participle &= word not in words("phrase_words", "tail")
    return is_time or is_participle or word in words("phrase_words", "relative")


@cache
def _times() -> frozenset[str]:
    """Two words that say when: "last week", "this month"."""
    whens, units = words("phrase_words", "when"), words("phrase_words", "unit")
    return frozenset(f"{when} {unit}" for when in whens for unit in units)


@cache
def _irregular() -> Mapping[str, str]:
    """Plurals to their singulars, where no rule tells."""
    return {
        plural: single for plural, _, single in (pair.partition("=") for pair in words("phrase_words", "irregular"))
    }
