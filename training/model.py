"""The reader's network: an encoder with its heads, one pass for all.

Input is a batch of windows, (batch, pieces). An attribution is anchored at its cue's first piece; the `cue` head says
how likely each piece is one. For each anchor the `roles` head then labels the pieces around it: part of this
attribution's source, content or cue, or of none. Since each anchor labels for itself, two cues may share a source and
one attribution may have spans in several sentences. What a piece is whosever it is, the `tags` head says; its logits
are added to those for each anchor. The `names` head labels persons, organisations, places and others. The `mentions`
head gives the vectors that say which pieces begin and end a mention, and which mentions mean the same; what else speaks
for a pair of mentions is weighed by `pairs`.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel

from onrecord.reading.coreference import SIZES, SORTS
from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.mentions import LONGEST
from onrecord.reading.pieces import FEATURES
from training.corpora import specials_of, tokenizer_of

REACH = 160
N_DISTANCES = 64
MENTION_LAYERS = (4, 5, 6)
MENTION_WIDTH = 64


class Scores(NamedTuple):
    """Logits: `cue` (batch, pieces); `tags`, `names` (batch, pieces, labels); `roles` (anchors, around, labels)."""

    cue: Tensor
    tags: Tensor
    names: Tensor
    roles: Tensor


class States(NamedTuple):
    """What the encoder makes of the pieces: its last states (batch, pieces, width), and those that mentions need."""

    last: Tensor
    layers: list[Tensor]


def distance_buckets() -> Tensor:
    """Piece minus anchor, from -REACH to REACH, to one of 64 buckets: near ones singly, far ones by logarithm."""
    half = N_DISTANCES // 2
    near = half // 2
    distance = torch.arange(-REACH, REACH + 1)
    size = distance.abs().clamp(min=1).float()
    far = near + (torch.log(size / near) / math.log(REACH / near) * (half - near - 1)).long()
    bucket = torch.where(distance.abs() < near, distance.abs(), far.clamp(max=half - 1))
    return torch.where(distance < 0, bucket + half, bucket)


class Dropout(nn.Dropout):
    """Dropout whose masks are cut from one pool: drawing them anew costs a fifth of a step on a CPU."""

    POOL = 1 << 24

    def __init__(self, rate: float) -> None:
        super().__init__(rate)
        self.pool: Tensor | None = None

    def forward(self, values: Tensor) -> Tensor:
        if not self.training or not self.p:
            return values
        if self.pool is None or self.pool.dtype != values.dtype:
            kept = torch.rand(self.POOL, device=values.device) >= self.p
            self.pool = (kept / (1 - self.p)).to(values.dtype)
        n = values.numel()
        if n > self.POOL:
            return nn.functional.dropout(values, self.p)
        start = int(torch.randint(self.POOL - n + 1, ()))
        return values * self.pool[start : start + n].view(values.shape)


class RoleHead(nn.Module):
    """Labels the pieces around an anchor from both vectors, how far apart they are and their paragraphs."""

    def __init__(self, width: int, *, hidden: int, dropout: float) -> None:
        super().__init__()
        self.piece = nn.Linear(width, hidden)
        self.anchor = nn.Linear(width, hidden)
        self.gate = nn.Linear(width, hidden)
        self.distance = nn.Embedding(N_DISTANCES, hidden)
        self.paragraph = nn.Embedding(5, hidden)
        self.mix = nn.Conv1d(hidden, hidden, kernel_size=5, padding=2, groups=hidden)
        self.norm = nn.LayerNorm(hidden)
        self.between = nn.Linear(hidden, hidden)
        self.out = nn.Linear(hidden, len(ROLES))
        self.trust = nn.Parameter(torch.full((len(ROLES),), 0.5))
        self.dropout = Dropout(dropout)
        self.register_buffer("buckets", distance_buckets(), persistent=False)

    def forward(self, states: Tensor, tags: Tensor, paragraph: Tensor, batch: Tensor, at: Tensor) -> Tensor:
        """Logits (anchors, 2 * REACH + 1, labels); where the window ends before, they mean nothing."""
        around = at[:, None] + torch.arange(-REACH, REACH + 1, device=at.device)
        around = around.clamp(0, states.shape[1] - 1)
        anchors = states[batch, at]
        gate = 1 + torch.tanh(self.gate(anchors))
        apart = (paragraph[batch[:, None], around] - paragraph[batch, at][:, None]).clamp(-2, 2) + 2
        pieces = self.dropout(self.piece(states))[batch[:, None], around]
        mixed = pieces * gate[:, None] + self.dropout(self.anchor(anchors))[:, None]
        mixed = nn.functional.gelu(mixed + self.distance(self.buckets) + self.paragraph(apart))
        mixed = self.norm(mixed + self.mix(mixed.transpose(1, 2)).transpose(1, 2))
        logits = self.out(mixed + nn.functional.gelu(self.between(mixed)))
        return logits + self.trust * tags[batch[:, None], around]


class Attention(nn.Module):
    """Self-attention in plain products: torch's own module does not survive the export with windows of any length."""

    def __init__(self, width: int, *, n_heads: int) -> None:
        super().__init__()
        self.n_heads = n_heads
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)
        nn.init.xavier_uniform_(self.in_proj_weight)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, width); `mask` (batch, pieces) is 0 for what is padding."""
        projected = nn.functional.linear(states, self.in_proj_weight, self.in_proj_bias)
        heads = projected.unflatten(-1, (3, self.n_heads, -1)).permute(2, 0, 3, 1, 4)
        query, key, value = heads[0], heads[1], heads[2]
        weights = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
        weights = weights.masked_fill(mask[:, None, None] == 0, torch.finfo(weights.dtype).min).softmax(-1)
        return self.out_proj((weights @ value).transpose(1, 2).flatten(2))


class Layer(nn.Module):
    """One transformer layer, normalised before each half."""

    def __init__(self, width: int, *, n_heads: int, dropout: float) -> None:
        super().__init__()
        self.self_attn = Attention(width, n_heads=n_heads)
        self.linear1 = nn.Linear(width, 2 * width)
        self.linear2 = nn.Linear(2 * width, width)
        self.norm1 = nn.LayerNorm(width)
        self.norm2 = nn.LayerNorm(width)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, width)."""
        states = states + self.dropout(self.self_attn(self.norm1(states), mask))
        inner = self.dropout(nn.functional.gelu(self.linear1(self.norm2(states))))
        return states + self.dropout(self.linear2(inner))


class MentionHead(nn.Module):
    """Vectors by which mentions are found and compared, from the encoder's last layers and a layer of its own.

    Of each piece six, MENTION_WIDTH wide: as a mention's first and last piece; what a mention that begins, that ends
    with it asks for; what such a mention answers.
    """

    def __init__(self, width: int, *, dropout: float, inner: int = 256) -> None:
        super().__init__()
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in MENTION_LAYERS)
        self.enter = nn.Linear(width * len(MENTION_LAYERS), inner)
        self.layer = Layer(inner, n_heads=4, dropout=dropout)
        self.norm = nn.LayerNorm(inner)
        self.leave = nn.Linear(inner, 6 * MENTION_WIDTH)
        self.dropout = Dropout(dropout)
        self.length = nn.Parameter(torch.zeros(LONGEST))
        self.length_bias = nn.Parameter(torch.tensor(-3.0))

    def forward(self, layers: Sequence[Tensor], mask: Tensor) -> Tensor:
        """Vectors (batch, pieces, 6 * MENTION_WIDTH) of the layers that MENTION_LAYERS names."""
        joined = torch.cat([norm(states) for norm, states in zip(self.norms, layers, strict=True)], dim=-1)
        inner = self.layer(self.dropout(self.enter(joined)), mask)
        return self.leave(self.dropout(self.norm(inner)))

    def lengths(self) -> Tensor:
        """(LONGEST,) what a mention's length in pieces adds to its score."""
        return self.length + self.length_bias


class PairScorer(nn.Module):
    """Judges pairs of mentions by their features and the product of their vectors, as `coreference.Scorer` does."""

    def __init__(self, hidden: int = 48) -> None:
        super().__init__()
        self.tables = nn.Parameter(torch.randn(sum(SIZES.values()), hidden) * 0.05)
        self.product = nn.Parameter(torch.randn(hidden) * 0.1)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.out = nn.Parameter(torch.randn(hidden) * 0.1)
        self.none = nn.Parameter(torch.zeros(len(SORTS)))

    def forward(self, rows: Tensor, products: Tensor) -> Tensor:
        """(pairs,) the scores; `rows` (pairs, features) of the tables, `products` (pairs,)."""
        hidden = nn.functional.embedding_bag(rows, self.tables, mode="sum")
        hidden = hidden + products[:, None] * self.product + self.bias
        return nn.functional.relu(hidden) @ self.out + products


class ReaderNet(nn.Module):
    """Encoder and heads. `encoder` is a folder with a Hugging Face model."""

    def __init__(self, encoder: str, *, hidden: int = 192, dropout: float = 0.1, attention: str = "sdpa") -> None:
        super().__init__()
        self.specials = specials_of(tokenizer_of(encoder))
        self.encoder = AutoModel.from_pretrained(
            encoder, attn_implementation=attention, attention_probs_dropout_prob=0.0, hidden_dropout_prob=dropout
        )
        for module in self.encoder.modules():
            if isinstance(getattr(module, "dropout", None), nn.Dropout) and module.dropout.p:
                module.dropout = Dropout(dropout)
        if hasattr(self.encoder, "pooler"):
            self.encoder.pooler = None
        width = self.encoder.config.hidden_size
        self.features = nn.ModuleList(nn.Embedding(n, width) for n in FEATURES.values())
        for table in self.features:
            nn.init.normal_(table.weight, std=0.002)
        self.dropout = Dropout(dropout)
        self.cue = nn.Sequential(nn.Linear(width, width), nn.GELU(), Dropout(dropout), nn.Linear(width, 1))
        self.tags = nn.Linear(width, len(ROLES))
        self.names = nn.Linear(width, len(NAMES))
        self.roles = RoleHead(width, hidden=hidden, dropout=dropout)
        self.mentions = MentionHead(width, dropout=dropout)
        self.pairs = PairScorer()

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> States:
        """The states of int64 ids (batch, pieces), features (batch, pieces, 4), mask (batch, pieces)."""
        return self.encode_inputs(self.encoder.get_input_embeddings()(ids), features, mask)

    def encode_inputs(self, words: Tensor, features: Tensor, mask: Tensor) -> States:
        """The same from the words' embeddings, float (batch, pieces, width)."""
        inputs = words
        for i, table in enumerate(self.features):
            inputs = inputs + table(features[..., i])
        layers = self.encoder(inputs_embeds=inputs, attention_mask=mask, output_hidden_states=True).hidden_states
        return States(self.dropout(layers[-1]), [layers[i] for i in MENTION_LAYERS])

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor, paragraph: Tensor, batch: Tensor, at: Tensor
    ) -> Scores:
        states, _ = self.encode(ids, features, mask)
        tags = self.tags(states)
        roles = self.roles(states, tags, paragraph, batch, at)
        return Scores(self.cue(states).squeeze(-1), tags, self.names(states), roles)
