"""Names: those that the article spells in two ways, and outlets' names that it misspells.

Two spellings are one name's where they differ by a letter or two inside a long word and everything else about them
agrees. Two people of one family, a country and its people, a word and its plural are two names.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from onrecord.checking.material import Material
from onrecord.checking.report import Code, Finding
from onrecord.outlets import outlet_like
from onrecord.reading.days import WEEKDAYS
from onrecord.reading.given import is_given_name
from onrecord.span import Span

_RUN = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?:\s[A-ZÀ-Þ][\w'’-]*)*")
_MONTHS = "january february march april june july august september october november december".split()
_LOWER = re.compile(r"\b[a-zà-þ]{3,}\b")
_POSSESSIVE = re.compile(r"['’]s?$")
_ENDING = re.compile(r"(?:s|es|n|an|ian|ean|ese|ish|er|ers|e|a|i|y|ed|ic|ist|ists|ism|al|in|ns)$")
# Letters that sound alike, in the order in which they are told by one sign.
_ALIKE = (
    ("f", "ph"),
    ("ks", "x"),
    ("kv", "qu|qv|kw"),
    ("k", "ck|[cq]"),
    ("s", "z"),
    ("v", "w"),
    ("t", "th|dt"),
    ("a", "[aeiouyäöüéèáàóíåøæj]+"),
)
_ONE_OF_TWO = re.compile(r"(.)\1")
SHORTEST = 5  # letters; one fewer where a letter is doubled or not
LONG = 6
FARTHEST = 2
VERY_LONG = 8  # letters of a word in which another letter is a slip rather than another name
LONG_ALONE = 7  # letters of a word that no longer name has


def two_spellings(material: Material) -> Iterator[Finding]:
    """Names that stand in two spellings."""
    runs = _runs(material)
    told: set[str] = set()
    by_initial: dict[str, list[str]] = defaultdict(list)
    for run in runs:
        by_initial[run.rpartition(" ")[2][0]].append(run)
    for first, second in (pair for same in by_initial.values() for pair in combinations(same, 2)):
        if first.lower() != second.lower() and not told & {first, second} and _is_one_name(first, second, runs):
            told |= {first, second}
            spans = sorted(_told(runs, one, beside=other) for one, other in ((first, second), (second, first)))
            message = (
                f"“{material.words(spans[0])}” and “{material.words(spans[1])}” look like one name in two spellings."
            )
            yield Finding(Code.NAME_SPELT_TWO_WAYS, tuple(spans), message, tuple(map(material.words, spans)), 0.8)


def misspelt(material: Material) -> Iterator[Finding]:
    """Outlets whose name the article misspells and whose right name is known, each once."""
    for name, spans in _runs(material).items():
        proper = outlet_like(name)
        if proper:
            message = f"“{name}” is properly {proper.name}."
            home = material.sentence_at(spans[0].start) or spans[0]
            yield Finding(Code.NAME_MISSPELT, (spans[0],), message, (material.words(home),), 0.9)


def _runs(material: Material) -> Mapping[str, list[Span]]:
    """Each run of capitalised words with its places; a word alone counts as well where it ends a longer one."""
    text = material.article.text
    found: dict[str, list[Span]] = defaultdict(list)
    lower = set(_LOWER.findall(text))
    for paragraph in material.body:
        for match in _RUN.finditer(text, paragraph.span.start, paragraph.span.end):
            bare = _POSSESSIVE.sub("", match.group())
            if bare.rpartition(" ")[2].lower() in (*WEEKDAYS, *_MONTHS):
                continue
            if not (bare[1:].islower() and bare.lower() in lower):  # a word that only begins a sentence
                found[" ".join(bare.split())].append(Span(match.start(), match.start() + len(bare)))
    return found


def _told(runs: Mapping[str, list[Span]], run: str, *, beside: str) -> Span:
    """Where a run first stands, cut to as many words as the other has."""
    span = runs[run][0]
    kept = " ".join(run.split()[-len(beside.split()) :])
    return Span(span.end - len(kept), span.end)


def _is_one_name(first: str, second: str, runs: Mapping[str, list[Span]]) -> bool:
    """Whether two runs name the same, by all words but one, which is spelt in two ways."""
    short, long = sorted((first.split(), second.split()), key=len)
    tails = long[-len(short) :]
    differing = [(a, b) for a, b in zip(short, tails, strict=True) if a != b]
    if len(differing) != 1 or not are_spellings(*differing[0]):
        return False
    if len(short) == len(long) and len(short) > 1:
        return short[-1] == long[-1] or not _is_shared(short, long, runs)
    if len(short) > 1 or is_given_name(short[0]):
        return False
    is_borne = any(run.split()[-1] in (short[0], long[-1]) for run in runs if " " in run)
    return is_borne or len(short[0]) >= LONG_ALONE


def _is_shared(short: list[str], long: list[str], runs: Mapping[str, list[Span]]) -> bool:
    """Whether both last names are borne with other first names too, so that they are two families."""
    return any(
        other.split()[-1:] == [last] and other.split()[:-1] not in ([], first)
        for *first, last in (short, long)
        for other in runs
    )


def are_spellings(a: str, b: str) -> bool:
    """Whether two words are spellings of one: alike to the ear, or a letter too many, and more than an ending apart."""
    from rapidfuzz.distance import OSA, Indel  # noqa: PLC0415 - imports stay cheap

    doubled = _ONE_OF_TWO.sub(r"\1", a.lower()) == _ONE_OF_TWO.sub(r"\1", b.lower())
    if (
        min(len(a), len(b)) < (SHORTEST - 1 if doubled else SHORTEST)
        or a[0] != b[0]
        or a.isupper()
        or b.isupper()
        or not (a + b).isalpha()
    ):
        return False
    shared = _common_start(a, b)
    if _ENDING.fullmatch(a[shared:] or "s") and _ENDING.fullmatch(b[shared:] or "s"):
        return False
    a, b = a.lower(), b.lower()
    if _sound(a) == _sound(b) and OSA.distance(a, b, score_cutoff=FARTHEST) <= FARTHEST:
        return True
    one_other = OSA.distance(a, b, score_cutoff=1) == 1 and len(a) == len(b) >= VERY_LONG and a[-2:] == b[-2:]
    one_more = Indel.distance(a, b, score_cutoff=1) == 1 and min(len(a), len(b)) >= LONG
    return one_more or one_other or (sorted(a) == sorted(b) and OSA.distance(a, b, score_cutoff=1) == 1)


def _sound(word: str) -> str:
    """A word by its consonants, those alike as one, and where it has vowels, however many and whichever."""
    for sign, letters in _ALIKE:
        word = re.sub(letters, sign, word)
    return re.sub(r"(.)\1+", r"\1", word)


def _common_start(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
