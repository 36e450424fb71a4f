"""The reader's network: an encoder with three heads, one pass for all.

Input is a batch of windows, (batch, pieces). An attribution is anchored at its cue's first piece; the `cue` head says
how likely each piece is one. For each anchor the `roles` head then labels the pieces around it: part of this
attribution's source, content or cue, or of none. Since each anchor labels for itself, two cues may share a source and
one attribution may have spans in several sentences. What a piece is whosever it is, the `tags` head says; its logits
are added to those for each anchor. The `names` head labels persons, organisations, places and others.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from transformers import AutoModel

from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.pieces import FEATURES
from training.corpora import specials_of, tokenizer_of

REACH = 160
N_DISTANCES = 64


class Scores(NamedTuple):
    """Logits: `cue` (batch, pieces); `tags`, `names` (batch, pieces, labels); `roles` (anchors, around, labels)."""

    cue: Tensor
    tags: Tensor
    names: Tensor
    roles: Tensor


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

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """float (batch, pieces, width) of int64 ids (batch, pieces), features (batch, pieces, 4), mask."""
        return self.encode_inputs(self.encoder.get_input_embeddings()(ids), features, mask)

    def encode_inputs(self, words: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """The same from the words' embeddings, float (batch, pieces, width)."""
        inputs = words
        for i, table in enumerate(self.features):
            inputs = inputs + table(features[..., i])
        return self.dropout(self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state)

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor, paragraph: Tensor, batch: Tensor, at: Tensor
    ) -> Scores:
        states = self.encode(ids, features, mask)
        tags = self.tags(states)
        roles = self.roles(states, tags, paragraph, batch, at)
        return Scores(self.cue(states).squeeze(-1), tags, self.names(states), roles)
