"""The corpora as arrays: word pieces of a document with what is to be learned about each.

PolNeAR gives attributions and, from its silver layer, names; GUM and EWT give names alone. What a document does not
annotate is masked, so that all of them train one model together.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

from onrecord.quotations import lines, quotations
from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.pieces import Ints, Pieces, pieces_of
from onrecord.span import Span, trimmed

Json = dict[str, Any]
Spans = Sequence[Sequence[int]]
SHARED = Path(__file__).resolve().parents[2] / "shared"
IGNORED = -100
SILVER_KINDS = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place", "MISC": "other"}
EWT_KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
GUM_KINDS = {"person": "person", "organization": "organisation", "place": "place", "time": None}
TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady prof professor president senator sen representative rep governor gov "
    "general gen prime minister secretary chairman king queen prince princess pope judge justice captain chancellor "
    "mayor".split()
)
JOINERS = frozenset("of the and for de del la von van der al bin & - ' ’ .".split())


class Specials(NamedTuple):
    """The ids of an encoder's special pieces."""

    pad: int
    cls: int
    sep: int
    mask: int


def tokenizer_of(folder: str) -> Tokenizer:
    """The tokenizer of a Hugging Face model in a folder, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in a text is five characters, not a command
    return tokenizer


def specials_of(tokenizer: Tokenizer) -> Specials:
    """The special pieces, as BERT's descendants or RoBERTa's call them."""
    names = (("[PAD]", "<pad>"), ("[CLS]", "<s>"), ("[SEP]", "</s>"), ("[MASK]", "<mask>"))
    ids = [next((i for n in pair if (i := tokenizer.token_to_id(n)) is not None), None) for pair in names]
    if None in ids:
        raise SystemExit(f"the encoder's tokenizer lacks one of the special pieces {names}")
    return Specials(*ids)


@dataclass(frozen=True, slots=True)
class Document:
    """A document to learn from. `cues` maps a piece, a cue's first, to the labels of its attribution's pieces.

    `names` and `tags` int64 (pieces,): what each piece is, in any attribution. `attributed` says whether attributions
    are annotated at all.
    """

    id: str
    text: str
    pieces: Pieces
    names: Ints
    tags: Ints
    attributed: bool
    cues: dict[int, dict[int, int]] = field(default_factory=dict)
    gold: list[Json] = field(default_factory=list)


def read_jsonl(path: Path) -> Iterator[Json]:
    """The objects of a JSON Lines file, gzipped or not."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def polnear(tokenizer: Tokenizer, path: Path, *, all_annotators: bool = False) -> list[Document]:
    """PolNeAR's articles; with `all_annotators`, one document for each annotator of an article."""
    silver = {r["id"]: r for r in read_jsonl(SHARED / "data/polnear_silver.jsonl.gz")}
    documents = []
    for record in read_jsonl(path):
        names = [(s, e, SILVER_KINDS[k]) for s, e, k in silver.get(record["id"], {"entities": []})["entities"]]
        readings = [record["attributions"]]
        if all_annotators and record.get("annotators"):
            readings = list(record["annotators"].values())
        documents += [document(record, tokenizer, names=names, attributions=a) for a in readings]
    return documents


def checked(tokenizer: Tokenizer, path: Path) -> list[Document]:
    """Articles that people have corrected, as `onrecord corrections export` writes them: their outermost statements.

    Those that nobody has checked are what a model has read.
    """
    return [
        document(record, tokenizer, attributions=[s for s in record["statements"] if s["parent"] is None])
        for record in read_jsonl(path)
    ]


def names_only(tokenizer: Tokenizer) -> list[Document]:
    """GUM's and EWT's training parts."""
    documents = [
        document(record, tokenizer, names=list(gum_names(record)))
        for record in read_jsonl(SHARED / "data/gum_train.jsonl.gz")
    ]
    for record in read_jsonl(SHARED / "data/ewt_names_train.jsonl.gz"):
        names = [(e["start"], e["end"], EWT_KINDS[e["type"]]) for e in record["entities"]]
        documents.append(document(record, tokenizer, names=names))
    return documents


def gum_names(record: Json) -> Iterator[tuple[int, int, str]]:
    """GUM's named mentions, cut down from the whole phrase to the name around its head."""
    text, seen = record["text"], set()
    for mention in record["mentions"]:
        kind = GUM_KINDS.get(mention["type"], "other")
        if not mention["named"] or kind is None:
            continue
        span = _name_in(text, mention)
        if span and span not in seen and not any(s < span[1] and span[0] < e for s, e in seen):
            seen.add(span)
            yield (*span, kind)


def _name_in(text: str, mention: Json) -> tuple[int, int] | None:
    """The run of capitalised words around a mention's head, joined by particles, without titles."""
    words = [(m.start, m.end) for m in _words(text, Span(mention["start"], mention["end"]))]
    head = next((i for i, (s, e) in enumerate(words) if s <= mention["head_start"] < e), None)
    if head is None or not text[words[head][0]].isupper():
        return None
    left = right = head
    for i in range(head - 1, -1, -1):
        word = text[slice(*words[i])]
        if word.lower() in TITLES or not (word[:1].isupper() or word.lower() in JOINERS):
            break
        left = i if word[:1].isupper() else left
    for i in range(head + 1, len(words)):
        word = text[slice(*words[i])]
        if not (word[:1].isupper() or word.lower() in JOINERS or word[:1].isdigit()):
            break
        right = i if word[:1].isupper() or word[:1].isdigit() else right
    return words[left][0], words[right][1]


def _words(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for i in range(span.start, span.end + 1):
        if i == span.end or not text[i].isalnum():
            if i > start:
                yield Span(start, i)
            if i < span.end and not text[i].isspace():
                yield Span(i, i + 1)
            start = i + 1


def paragraphs_of(text: str) -> list[Span]:
    """The lines of a corpus' text that are not empty: its paragraphs."""
    return [p for line in lines(text) if (p := trimmed(text, start=line.start, end=line.end))]


def document(
    record: Json,
    tokenizer: Tokenizer,
    *,
    names: Sequence[tuple[int, int, str]] = (),
    attributions: Sequence[Json] | None = None,
) -> Document:
    """A record's text with what is annotated: names, and attributions where they are."""
    text = record["text"]
    paragraphs = paragraphs_of(text)
    pieces = pieces_of(text, tokenizer, paragraphs=paragraphs, quotations=quotations(text, paragraphs))
    labels = np.zeros(len(pieces), dtype=np.int64)
    for start, end, kind in names:
        for i, label in labelled(pieces, [(start, end)], begin=NAMES.index(f"B-{kind}")):
            labels[i] = label
    cues: dict[int, dict[int, int]] = {}
    for attribution in attributions or []:
        roles: dict[int, int] = {}
        for role in ("content", "source", "cue"):
            roles.update(labelled(pieces, attribution[role], begin=ROLES.index(f"B-{role}")))
        cue = [i for i, label in roles.items() if label == ROLES.index("B-cue")]
        if cue and attribution["content"]:
            cues.setdefault(min(cue), roles)
    tags = np.zeros(len(pieces), dtype=np.int64)
    for roles in cues.values():
        tags[list(roles)] = list(roles.values())
    gold = list(attributions or [])
    return Document(record["id"], text, pieces, labels, tags, attributed=attributions is not None, cues=cues, gold=gold)


def labelled(pieces: Pieces, spans: Spans, *, begin: int) -> Iterator[tuple[int, int]]:
    """For each piece of the spans its label: `begin` for a span's first piece, the next number for the others."""
    for start, end in spans:
        low, high = np.searchsorted(pieces.end, start, side="right"), np.searchsorted(pieces.start, end, side="left")
        for i in range(low, high):
            yield i, begin if i == low else begin + 1
