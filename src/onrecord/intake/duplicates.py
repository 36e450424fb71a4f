"""Which articles come twice, and which have the same text.

An article that comes again from another address of its page is a duplicate, and is not read again. A text that another
outlet prints too, as it prints an agency's report, is a copy: it is kept, with the id of the article that had the text
first. Titles decide nothing, for every outlet writes its own. No text is kept for comparing: what stays of one is a
sample of the hashes of its shingles, the runs of four words in it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from onrecord.article import Article, ParagraphKind
from onrecord.errors import InputError, Outcome, shown
from onrecord.intake.addresses import address_key, tells_apart

_KEY_BYTES = 16
_WEB = ("http://", "https://")
_TEXT_KINDS = (ParagraphKind.BODY, ParagraphKind.STANDFIRST, ParagraphKind.HEADING)
_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
# What is longer is a book, and known by its beginning.
_MAX_WORDS = 20_000

# Of the 352,380 pairs among the 840 articles of polnear_train seven share .72 to 1.00 of the shorter one's shingles:
# those that trace_open.jsonl, made by hand, calls near duplicates. Next is one of .57, two short texts with one list of
# other stories, then nothing above .25 that has 50 shingles. Runs of three and of five words part them less well, .75
# from .58 and .70 from .56. The 84 articles of the dev part add no pair.
_MIN_CONTAINED = 0.65
_MIN_SHINGLES = 50
# Below this share of the longer text the shorter one is an extract, and a sample of both says little.
_MIN_SIZE = 0.1

_SAMPLE = 256
_HASHES = 2**32
# The shape of a fingerprint, tried on 270 of these articles against changed ones of their own. Cut to the first fifth
# with 5 words in 100 replaced, or with 30 in 100 replaced and nothing cut, 99 copies in 100 share a band with the
# whole; with 3 paragraphs in 10 left out and 10 words in 100 replaced, 96; with 6 in 10 left out, 77. Of all pairs of
# the 924 articles of train and dev twelve share one, seven of which are the copies.
_LEAD_WORDS = 120
_BANDS = 8
_ROWS = 2
# A number without a pattern in its bits, by which those of a word spread over the whole hash.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)

_Hashes = npt.NDArray[np.uint32]
_Wide = npt.NDArray[np.uint64]


class _Shingles(NamedTuple):
    """The hashes of a text's shingles up to `limit`, sorted, each once, and how many the whole text has."""

    hashes: _Hashes
    n: int
    limit: int

    @classmethod
    def of(cls, words: list[str]) -> Self:
        """All of them."""
        hashes = _hashed(words)
        return cls(hashes, hashes.size, _HASHES)

    def sample(self) -> Self:
        """The lowest ones: of two texts these are the same choice, so that what they share can be told from them."""
        if self.n <= _SAMPLE:
            return self
        return self._replace(hashes=self.hashes[:_SAMPLE].copy(), limit=int(self.hashes[_SAMPLE - 1]))

    def is_near(self, other: Self) -> bool:
        """Whether one is, but for small changes, the other or a good part of it."""
        shorter, longer = sorted((self, other), key=lambda each: each.n)
        if shorter.n < _MIN_SHINGLES or shorter.n < _MIN_SIZE * longer.n:
            return False
        limit = min(self.limit, other.limit)
        of_shorter, of_longer = (each.hashes[each.hashes <= limit] for each in (shorter, longer))
        n_shared = np.intersect1d(of_shorter, of_longer, assume_unique=True).size
        return bool(n_shared >= _MIN_CONTAINED * of_shorter.size)


def text_key(article: Article) -> bytes:
    """16 bytes that articles of the same words have in common, whatever their white space, marks and capitals are."""
    return _digest(" ".join(_words(article, _TEXT_KINDS)) or " ".join(article.text.split()))


def fingerprint(article: Article) -> tuple[int, ...]:
    """Sixteen numbers of 64 bits, signed as databases keep them; copies nearly always have one in common.

    Others seldom do: such articles are candidates, and `is_copy` decides. Eight are MinHash bands of the body, eight of
    its first words, since a report is shortened from below. None for a body without words.
    """
    words = _body_words(article)
    return _fingerprint(words, _hashed(words))


def is_copy(one: Article, other: Article) -> bool:
    """Whether both have the same body, or one a good part of the other's, but for small changes."""
    if text_key(one) == text_key(other):
        return True
    return _Shingles.of(_body_words(one)).is_near(_Shingles.of(_body_words(other)))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What stays of an article's text, and the id of the first one that had it."""

    sample: _Shingles
    first: str


@dataclass(slots=True)
class Seen:
    """The articles of one run, by their addresses and their texts.

    An article takes about 3 kB, whatever its length: 3 GB for a million. Only the first article with a band is looked
    up by it, so that a text costs the same however many came before.
    """

    _by_address: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    _by_text: dict[bytes, str] = field(default_factory=dict)
    _by_band: dict[int, _Kept] = field(default_factory=dict)

    def place(self, article: Article) -> Article:
        """The article, with `copy_of` where an earlier one has its text.

        Raises InputError for an article that was there before: at its own address or at the one that it came from.
        """
        self._refuse_known_address(article)
        first = self._first_of_text(article)
        return replace(article, copy_of=first) if first is not None else article

    def _refuse_known_address(self, article: Article) -> None:
        # What came out of an archive or a file of many that was fetched has an address of its own or none.
        is_page = article.fetched is not None and article.record_id is None
        fetched_from = article.source if is_page and article.source.lower().startswith(_WEB) else ""
        keys = [key for key in map(address_key, (article.url or "", fetched_from)) if tells_apart(key)]
        known = next((key for key in keys if _digest(key) in self._by_address), None)
        here = (article.id, article.source) if known is None else self._by_address[_digest(known)]
        for key in keys:
            self._by_address.setdefault(_digest(key), here)
        if known is not None:
            id, source = here
            raise InputError(
                f"the same article as {shown(id)} from {shown(source)}, by their address {shown(known)}; "
                "that one was read, leave this one out",
                source=article.source,
                outcome=Outcome.DUPLICATE,
            )

    def _first_of_text(self, article: Article) -> str | None:
        """The id of the first article with this text, and from now on this one's if there is none."""
        key = text_key(article)
        if key in self._by_text:
            return self._by_text[key]
        words = _body_words(article)
        shingles = _Shingles.of(words)
        bands = _fingerprint(words, shingles.hashes)
        candidates = {id(kept): kept for band in bands if (kept := self._by_band.get(band))}
        first = next((kept.first for kept in candidates.values() if kept.sample.is_near(shingles)), None)
        kept = _Kept(shingles.sample(), article.id if first is None else first)
        self._by_text[key] = kept.first
        for band in bands:
            self._by_band.setdefault(band, kept)
        return first


def _words(article: Article, kinds: Sequence[ParagraphKind]) -> Iterator[str]:
    """The words of the paragraphs of these kinds, or of the whole text where there are none, in small letters."""
    texts = [paragraph.span.of(article.text) for paragraph in article.paragraphs if paragraph.kind in kinds]
    text = unicodedata.normalize("NFC", " ".join(texts or [article.text]).casefold())
    return (match[0] for match in _WORD.finditer(text))


def _body_words(article: Article) -> list[str]:
    return list(islice(_words(article, (ParagraphKind.BODY,)), _MAX_WORDS))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()


def _hashed(words: Sequence[str]) -> _Hashes:
    """The hashes of the runs of four words, sorted, each once: the same on every machine and in every version."""
    of_words = np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint64, len(words))
    n_runs = max(len(words) - _SHINGLE_WORDS + 1, min(len(words), 1))
    hashes = np.zeros(n_runs, np.uint64)
    for place in range(min(_SHINGLE_WORDS, len(words))):
        hashes = (hashes + of_words[place : place + n_runs]) * _SPREAD
    hashes = (hashes ^ (hashes >> np.uint64(29))) * _SPREAD
    # Not np.unique, whose first call imports numpy.ma: 12 ms of every cold start.
    ordered = np.sort((hashes >> np.uint64(32)).astype(np.uint32))
    return ordered[np.append(True, ordered[1:] != ordered[:-1])] if words else ordered


def _fingerprint(words: Sequence[str], hashes: _Hashes) -> tuple[int, ...]:
    return _bands(hashes, part=0) + _bands(_hashed(words[:_LEAD_WORDS]), part=1) if words else ()


def _bands(hashes: _Hashes, *, part: int) -> tuple[int, ...]:
    """The lowest of the hashes after each of sixteen ways to mix them, two together as one number of 64 bits."""
    ways = _multipliers()[part * _BANDS * _ROWS :][: _BANDS * _ROWS]
    wide = hashes.astype(np.uint64)
    lowest = np.array([(wide * way).min() >> np.uint64(32) for way in ways]).reshape(_BANDS, _ROWS)
    return tuple((lowest[:, 0] << np.uint64(32) | lowest[:, 1]).view(np.int64).tolist())


@cache
def _multipliers() -> _Wide:
    """Odd numbers of 64 bits, as good as random and always the same: fingerprints are stored."""
    digests = (blake2b(b"way %d" % number, digest_size=8).digest() for number in range(2 * _BANDS * _ROWS))
    return np.array([int.from_bytes(digest, "big") | 1 for digest in digests], dtype=np.uint64)
