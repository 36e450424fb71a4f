"""What is learned about mentions: which pieces make one, and which earlier one each takes up.

GUM's texts under free licences say both. PolNeAR's silver layer is a machine's work: its chains are trusted only where
a third-person pronoun, or a source that describes somebody, is tied to a person's name. What a mention is judged by is
computed as the reader does it, with names and, for GUM, statements that the network found itself.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.quotations import quotations
from onrecord.reading.coreference import SIZES, Mentions, Said
from onrecord.reading.decode import attributions_of
from onrecord.reading.mentions import LONGEST, Sort, mentions_of
from onrecord.reading.named import names_of
from onrecord.reading.sentences import sentences
from onrecord.reading.windows import SIZE, deciding_window, window_starts
from onrecord.span import Span
from training.batches import Batch, Window, collate, score
from training.corpora import SHARED, Document, Json, document, paragraphs_of, read_jsonl
from training.model import MENTION_WIDTH, ReaderNet

PERSONAL = frozenset("he him his himself she her hers herself".split())
CUE = 0.5
ROWS = torch.tensor(np.cumsum([0, *SIZES.values()])[:-1])


@dataclass(frozen=True, slots=True)
class Passage:
    """A text's mentions to learn from, as tensors.

    `inputs` its windows; `row` and `column` (pieces,) where each piece is decided. `first` and `last` (mentions,) their
    pieces, `sort` (mentions,). Of each pair its mention `later`, its candidate `earlier`, its `features`, and whether
    they mean the same, `same`. `asked` the mentions that are learned; one without a right candidate counts as new only
    where all is annotated: there `marked` (pieces, LONGEST) are the gold mentions by first piece and length, and
    `possible` those that begin and end with a word.
    """

    inputs: Batch
    row: Tensor
    column: Tensor
    first: Tensor
    last: Tensor
    sort: Tensor
    later: Tensor
    earlier: Tensor
    features: Tensor
    same: Tensor
    asked: Tensor
    marked: Tensor | None
    possible: Tensor


def passages(net: ReaderNet, tokenizer: Tokenizer, *, without: frozenset[str]) -> tuple[list[Passage], list[Passage]]:
    """GUM's passages and PolNeAR's, the latter without the articles `without`."""
    gum = [gum_passage(net, r, document(r, tokenizer)) for r in read_jsonl(SHARED / "data/gum_train.jsonl.gz")]
    with gzip.open(SHARED / "data/polnear_silver.jsonl.gz", "rt", encoding="utf-8") as file:
        silver = {r["id"]: r for r in map(json.loads, file)}
    records = {r["id"]: r for r in read_jsonl(SHARED / "data/polnear_train.jsonl.gz")}
    tied = (
        silver_passage(net, r, document(r, tokenizer), silver[i])
        for i, r in records.items()
        if i in silver and i not in without
    )
    return gum, [p for p in tied if p is not None]


def gum_passage(net: ReaderNet, record: Json, text: Document) -> Passage:
    """A passage in which every mention and every chain is annotated."""
    clusters = {Span(m["start"], m["end"]): m["cluster"] for m in record["mentions"]}
    mentions = found_mentions(net, text, spans=list(clusters))
    cluster = [clusters.get(m.span, -1 - i) for i, m in enumerate(mentions.mentions)]
    asked = [i for i, m in enumerate(mentions.mentions) if i and m.span in clusters]
    marked = torch.zeros(len(text.pieces), LONGEST)
    for m in mentions.mentions:
        if m.span in clusters and m.last - m.first < LONGEST:
            marked[m.first, m.last - m.first] = 1
    return passage(net, text, mentions, cluster=np.array(cluster), asked=asked, marked=marked)


def silver_passage(net: ReaderNet, record: Json, text: Document, silver: Json) -> Passage | None:
    """A passage of which only pronouns and described sources that are tied to a person's name are learned."""
    said = [
        Said(tuple(Span(*s) for s in a["source"]), tuple(Span(*s) for s in a["content"]))
        for a in record["attributions"]
        if a["content"]
    ]
    mentions = found_mentions(net, text, spans=list(dict.fromkeys(s for a in said for s in a.source)), said=said)
    cluster = _silver_clusters(mentions, silver)
    asked = [
        i
        for i, m in enumerate(mentions.mentions)
        if i and cluster[i] >= 0 and (m.head in PERSONAL or (m.sort is Sort.ONE_PHRASE and mentions.source_of[i] >= 0))
    ]
    return passage(net, text, mentions, cluster=cluster, asked=asked) if asked else None


def _silver_clusters(mentions: Mentions, silver: Json) -> "np.ndarray":
    """The number of each mention's chain among those that hold a person's name, -1 for none."""
    persons = [(s, e) for s, e, kind in silver["entities"] if kind == "PERSON"]
    chains = {
        tuple(span): number
        for number, chain in enumerate(silver["chains"])
        if any(s <= a and b <= e and e - b <= len("'s") for s, e in chain for a, b in persons)
        for span in chain
    }
    cluster = np.full(len(mentions), -1)
    by_group: dict[int, list[int]] = defaultdict(list)
    for i, m in enumerate(mentions.mentions):
        for span in (m.span, m.name.span if m.name else m.span):
            cluster[i] = chains.get((span.start, span.end), cluster[i])
        if cluster[i] >= 0 and m.sort is Sort.PERSON_NAME:
            by_group[int(mentions.group[i])].append(int(cluster[i]))
    for i, m in enumerate(mentions.mentions):
        own = by_group.get(int(mentions.group[i]))
        if cluster[i] < 0 and own and m.sort is Sort.PERSON_NAME:
            cluster[i] = Counter(own).most_common(1)[0][0]
    return cluster


def found_mentions(
    net: ReaderNet, text: Document, *, spans: Sequence[Span], said: Sequence[Said] | None = None
) -> Mentions:
    """The mentions at `spans`, with pronouns and the names that the network finds; its statements where none are."""
    scores = score(net, text, floor=CUE)
    if said is None:
        said = [Said(a.source, a.content) for a in attributions_of(text.pieces, scores, threshold=CUE)]
    paragraphs = paragraphs_of(text.text)
    return Mentions(
        text.text,
        mentions_of(text.text, text.pieces, spans, names_of(text.text, text.pieces, scores.names)),
        sentences=sentences(text.text, paragraphs),
        quotations=quotations(text.text, paragraphs),
        statements=said,
    )


def passage(
    net: ReaderNet,
    text: Document,
    mentions: Mentions,
    *,
    cluster: "np.ndarray",
    asked: Sequence[int],
    marked: Tensor | None = None,
) -> Passage:
    """The tensors of a text, its pairs those of the mentions `asked`."""
    n = len(text.pieces)
    starts = window_starts(n)
    row = deciding_window(n, starts=starts)
    windows = [Window(text, s, min(s + SIZE, n)) for s in starts]
    pairs = [(i, *mentions.features(i)) for i in asked]
    later = np.concatenate([np.full(len(j), i) for i, j, _ in pairs])
    earlier = np.concatenate([j for _, j, _ in pairs])
    first = torch.from_numpy(text.pieces.first)
    ends = functional.pad(torch.cat([first[1:], torch.tensor([True])]), (0, LONGEST - 1))
    return Passage(
        inputs=collate(windows, net.specials),
        row=torch.from_numpy(row), column=torch.from_numpy(np.arange(n) - np.array(starts)[row] + 1),
        first=torch.tensor([m.first for m in mentions.mentions]),
        last=torch.tensor([m.last for m in mentions.mentions]),
        sort=torch.from_numpy(mentions.sort), later=torch.from_numpy(later), earlier=torch.from_numpy(earlier),
        features=torch.from_numpy(np.concatenate([f for _, _, f in pairs])).to(torch.int32),
        same=torch.from_numpy((cluster[later] == cluster[earlier]) & (cluster[later] >= 0)),
        asked=torch.tensor(list(asked)), marked=marked, possible=ends.unfold(0, LONGEST, 1) & first[:, None],
    )  # fmt: skip


def coreference_loss(net: ReaderNet, text: Passage) -> Iterator[Tensor]:
    """The loss of the antecedents, a mention, and, where mentions are annotated, of these, a gold mention."""
    states = net.encode(text.inputs.ids, text.inputs.features, text.inputs.mask)
    vectors = net.mentions(states.layers, text.inputs.mask).float()[text.row, text.column]
    yield antecedent_loss(net, text, vectors)
    if text.marked is not None:
        begins, ends = vectors[:, :MENTION_WIDTH], vectors[:, MENTION_WIDTH : 2 * MENTION_WIDTH]
        following = functional.pad(ends, (0, 0, 0, LONGEST - 1)).unfold(0, LONGEST, 1)
        logits = torch.einsum("pv,pvl->pl", begins, following) / MENTION_WIDTH**0.5 + net.mentions.lengths()
        chosen = text.possible
        loss = functional.binary_cross_entropy_with_logits(logits[chosen], text.marked[chosen], reduction="sum")
        yield loss / text.marked.sum().clamp(min=1)


def antecedent_loss(net: ReaderNet, text: Passage, vectors: Tensor) -> Tensor:
    """Minus the log of the probability of all right antecedents together (Lee et al. 2017), the mean of the asked."""
    asks, asks_end, answers, answers_end = vectors[:, 2 * MENTION_WIDTH :].split(MENTION_WIDTH, dim=1)
    ask, answer = asks[text.first] + asks_end[text.last], answers[text.first] + answers_end[text.last]
    products = (ask[text.later] * answer[text.earlier]).sum(-1) / MENTION_WIDTH**0.5
    scores = net.pairs(text.features.long() + ROWS, products)
    none = net.pairs.none[text.sort]
    highest = none.detach().scatter_reduce(0, text.later, scores.detach(), "amax")
    mass = torch.exp(scores - highest[text.later])
    new = torch.exp(none - highest)
    every = new.index_add(0, text.later, mass)
    right = torch.zeros_like(every).index_add(0, text.later, mass * text.same)
    tied = torch.zeros_like(every).index_add(0, text.later, text.same.float()) > 0
    right = torch.where(tied, right, new)
    asked = text.asked if text.marked is not None else text.asked[tied[text.asked]]
    loss = torch.log(every[asked]) - torch.log(right[asked] + 1e-9)
    return loss.mean() if len(asked) else loss.sum()
