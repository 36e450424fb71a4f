"""Writes a trained reader as int8 ONNX: `python -m training.export [--run DIR] [--out DIR]`.

The graph is the whole pass: encoder, cues, the candidates among them, and for each of these the labels around it. The
word embeddings are stored as int8 with a scale for each row, the matrix products are quantised dynamically, each
output channel for itself. Nothing is written unless torch and ONNX agree on fixture texts.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.reading.decode import Attribution, attributions_of
from onrecord.reading.encoder import FORMAT, OWN_MODEL, Encoder
from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.reader import logit
from onrecord.reading.windows import SIZE, STRIDE
from training.batches import CLS, SEP, collate, score, training_windows
from training.corpora import SHARED, Document, polnear
from training.model import REACH, ReaderNet
from training.train import Config, encoder_folder, tokenizer_of, tuning_articles

INPUTS = ("ids", "features", "mask", "paragraph", "decides", "floor")
OUTPUTS = ("cue", "names", "anchors", "roles")
TOLERANCE = 2e-3


class RowwiseEmbedding(nn.Module):
    """An embedding table as int8 with a float scale for each row."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(dim=1, keepdim=True) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table.weight.detach() / scale.clamp(min=1e-12)).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class ReaderGraph(nn.Module):
    """The pass as it is exported: what `training.batches.score` does, for a batch of windows."""

    def __init__(self, net: ReaderNet) -> None:
        super().__init__()
        self.net = net
        self.words = RowwiseEmbedding(net.encoder.get_input_embeddings())

    def forward(
        self, ids: Tensor, features: Tensor, mask: Tensor, paragraph: Tensor, decides: Tensor, floor: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        states = self.net.encode_inputs(self.words(ids), features, mask)
        cue = self.net.cue(states).squeeze(-1).sigmoid()
        anchors = torch.nonzero((cue >= floor) & decides)
        roles = self.net.roles(states, self.net.tags(states), paragraph, anchors[:, 0], anchors[:, 1])
        return cue, self.net.names(states).log_softmax(-1), anchors, roles.log_softmax(-1)


def example(document: Document) -> dict[str, Tensor]:
    """Inputs of the graph from a document's windows."""
    batch = collate(list(training_windows(document, np.random.default_rng(0)))[:3])
    decides = torch.zeros_like(batch.ids, dtype=torch.bool)
    decides[:, 1:-1] = batch.mask[:, 2:] == 1
    return {"ids": batch.ids, "features": batch.features, "mask": batch.mask, "paragraph": batch.paragraph,
            "decides": decides, "floor": torch.tensor(0.3)}  # fmt: skip


def export(net: ReaderNet, document: Document, path: Path) -> None:
    """Writes the float32 graph and checks it against torch on the document."""
    graph, inputs = ReaderGraph(net).eval(), example(document)
    shapes = {"ids": {0: "windows", 1: "pieces"}, "features": {0: "windows", 1: "pieces"},
              "mask": {0: "windows", 1: "pieces"}, "paragraph": {0: "windows", 1: "pieces"},
              "decides": {0: "windows", 1: "pieces"}, "cue": {0: "windows", 1: "pieces"},
              "names": {0: "windows", 1: "pieces"}, "anchors": {0: "n"}, "roles": {0: "n"}}  # fmt: skip
    with torch.no_grad():
        torch.onnx.export(
            graph, tuple(inputs.values()), str(path), input_names=INPUTS, output_names=OUTPUTS,
            dynamic_axes=shapes, opset_version=17, dynamo=False,
        )  # fmt: skip
        expected = graph(**inputs)
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    found = session.run(list(OUTPUTS), {k: v.numpy() for k, v in inputs.items()})
    for name, a, b in zip(OUTPUTS, expected, found, strict=True):
        if a.shape != b.shape or not np.allclose(a.numpy(), b, atol=TOLERANCE, rtol=TOLERANCE):
            raise SystemExit(f"torch and ONNX disagree about {name} of {document.id}: nothing was written")


def quantised(source: Path, target: Path) -> None:
    """The graph with its matrix products in int8."""
    quantize_dynamic(
        source, target, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def with_metadata(path: Path, values: dict[str, object]) -> None:
    """Writes the values into the ONNX file's own metadata."""
    model = onnx.load(str(path))
    del model.metadata_props[:]
    for key, value in values.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value if isinstance(value, str) else json.dumps(value)
    onnx.save(model, str(path))


def fitted_confidence(found: list[Attribution], right: list[bool]) -> list[float]:
    """Weights of a logistic function from an attribution's scores to the probability that it is right.

    Newton's method with a slight pull towards zero; the features are those of `onrecord.reading.reader`.
    """
    x = np.array([[1.0, logit(a.cue_score), logit(a.span_score), float(bool(a.source))] for a in found])
    y, weights = np.array(right, dtype=float), np.zeros(4)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 0.1 * np.eye(4)
        weights = weights + np.linalg.solve(hessian, x.T @ (y - p) - 0.1 * weights)
    return [round(float(w), 4) for w in weights]


def judged(documents: list[Document], readings: list[list[Attribution]]) -> tuple[list[Attribution], list[bool]]:
    """Every attribution found, and whether the gold has it by the measure `relation`."""
    from score_attributions import ROLES as SCORED
    from score_attributions import WORD, align, words_of

    found, right = [], []
    for document, reading in zip(documents, readings, strict=True):
        starts = [m.start() for m in WORD.finditer(document.text)]
        gold = [{r: words_of(starts, a[r]) for r in SCORED} for a in document.gold]
        mine = [{r: words_of(starts, [(s.start, s.end) for s in getattr(a, r)]) for r in SCORED} for a in reading]
        pairs = align([g for g in gold if g["content"]], mine)
        good = {id(p) for _, p, content, source in pairs if content >= 0.5 and source >= 0.5}
        found += reading
        right += [id(m) in good for m in mine]
    return found, right


def trained(run: Path, *, attention: str = "sdpa") -> tuple[ReaderNet, Tokenizer]:
    """The network of a run, ready to score, and its tokenizer."""
    config = Config(**json.loads((run / "config.json").read_text()))
    folder = encoder_folder(config)
    net = ReaderNet(folder, hidden=config.hidden, dropout=0.0, attention=attention)
    net.load_state_dict(torch.load(run / "checkpoint.pt", weights_only=True, map_location="cpu")["average"])
    return net.eval(), tokenizer_of(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("runs/reader"))
    parser.add_argument("--out", type=Path, default=OWN_MODEL)
    parser.add_argument("--id", default="reader-1", help="the model's name, kept with every statement")
    args = parser.parse_args()
    net, tokenizer = trained(args.run, attention="eager")
    one_in = json.loads((args.run / "config.json").read_text())["set_aside"]
    tuning = tuning_articles(polnear(tokenizer, SHARED / "data/polnear_train.jsonl.gz"), one_in=one_in)
    threshold = [e for e in map(json.loads, (args.run / "log.jsonl").open()) if "tuning" in e][-1]["tuning"][
        "threshold"
    ]
    readings = [attributions_of(d.pieces, score(net, d, floor=threshold), threshold=threshold) for d in tuning]
    vocabulary = tokenizer.to_str().encode()
    metadata = {
        "format": str(FORMAT), "id": args.id, "window": SIZE, "stride": STRIDE, "reach": REACH, "cls": CLS, "sep": SEP,
        "roles": list(ROLES), "names": list(NAMES), "tokenizer": hashlib.sha256(vocabulary).hexdigest(),
        "threshold": threshold, "confidence": fitted_confidence(*judged(tuning, readings)),
    }  # fmt: skip
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain, small = Path(scratch) / "plain.onnx", Path(scratch) / "small.onnx"
        export(net, tuning[0], plain)
        quantised(plain, small)
        with_metadata(small, metadata)
        shutil.copy(small, args.out / "reader.onnx")
    (args.out / "tokenizer.json").write_bytes(vocabulary)
    agreement = agreement_of(net, Encoder(args.out), tuning[:5])
    megabytes = (args.out / "reader.onnx").stat().st_size / 1e6
    print(f"{args.out}/reader.onnx: {megabytes:.1f} MB; F1 between the cues of torch and of int8: {agreement:.3f}")


def agreement_of(net: ReaderNet, encoder: Encoder, documents: list[Document]) -> float:
    """F1 between the cues that torch and the exported model find."""
    both = torch_only = onnx_only = 0
    threshold = encoder.metadata.threshold
    for document in documents:
        a = set(score(net, document, floor=threshold).anchors.tolist())
        b = set(encoder.scores([document.pieces], floor=threshold)[0].anchors.tolist())
        both, torch_only, onnx_only = both + len(a & b), torch_only + len(a - b), onnx_only + len(b - a)
    return 2 * both / max(1, 2 * both + torch_only + onnx_only)


if __name__ == "__main__":
    main()
