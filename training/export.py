"""Writes a trained reader as int8 ONNX: `python -m training.export [--runs DIR ...] [--out DIR]`.

The graph is the whole pass: encoder, cues, the candidates among them, and for each of these the labels around it. The
word embeddings are stored as int8 with a scale for each row, the matrix products are quantised dynamically, each
output channel for itself. Nothing is written unless torch and ONNX agree on fixture texts.
"""

import argparse
import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from onrecord.reading.encoder import FORMAT, MEANING, OWN_MODEL, Encoder
from onrecord.reading.labels import NAMES, ROLES
from onrecord.reading.reader import Reader
from onrecord.reading.windows import SIZE, STRIDE
from training.batches import collate, score, training_windows
from training.calibrate import FLOOR, calibrated, speaker_weights
from training.corpora import SHARED, Document, Specials, polnear, tokenizer_of
from training.model import REACH, ReaderNet
from training.train import Config, encoder_folder, mean_weights, tuning_articles

INPUTS = ("ids", "features", "mask", "paragraph", "decides", "floor")
OUTPUTS = ("cue", "anchors", "roles", *MEANING)
TOLERANCE = 2e-3
PRODUCTS = ("MatMul", "Gemm")
QUANTISED = ("/encoder/", "/mentions/")
AGREEMENT_ARTICLES = 5
EVEN = 0.5
SHIPPED = ("first", "second", "third", "third")


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
    ) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        states, layers = self.net.encode_inputs(self.words(ids), features, mask)
        cue = self.net.cue(states).squeeze(-1).sigmoid()
        anchors = torch.nonzero((cue >= floor) & decides)
        roles = self.net.roles(states, self.net.tags(states), paragraph, anchors[:, 0], anchors[:, 1])
        names = self.net.names(states).log_softmax(-1)
        return cue, anchors, roles.log_softmax(-1), names, self.net.mentions(layers, mask)


def example(document: Document, specials: Specials) -> dict[str, Tensor]:
    """Inputs of the graph from a document's windows."""
    batch = collate(list(training_windows(document, np.random.default_rng(0)))[:3], specials)
    decides = torch.zeros_like(batch.ids, dtype=torch.bool)
    decides[:, 1:-1] = batch.mask[:, 2:] == 1
    return {"ids": batch.ids, "features": batch.features, "mask": batch.mask, "paragraph": batch.paragraph,
            "decides": decides, "floor": torch.tensor(0.3)}  # fmt: skip


def export(net: ReaderNet, document: Document, path: Path) -> None:
    """Writes the float32 graph and checks it against torch on the document."""
    graph, inputs = ReaderGraph(net).eval(), example(document, net.specials)
    shapes = {"ids": {0: "windows", 1: "pieces"}, "features": {0: "windows", 1: "pieces"},
              "mask": {0: "windows", 1: "pieces"}, "paragraph": {0: "windows", 1: "pieces"},
              "decides": {0: "windows", 1: "pieces"}, "cue": {0: "windows", 1: "pieces"},
              "anchors": {0: "n"}, "roles": {0: "n"}, "names": {0: "windows", 1: "pieces"},
              "mentions": {0: "windows", 1: "pieces"}}  # fmt: skip
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
    """The graph with the products of the encoder and of mentions in int8; the other heads, small, stay as they are."""
    nodes = [
        n.name
        for n in onnx.load(str(source)).graph.node
        if n.op_type in PRODUCTS and any(part in n.name for part in QUANTISED)
    ]
    quantize_dynamic(
        source, target, op_types_to_quantize=list(PRODUCTS), nodes_to_quantize=nodes, per_channel=True,
        weight_type=QuantType.QInt8, extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def mention_weights(net: ReaderNet) -> dict[str, np.ndarray]:
    """What `onrecord.reading.coreference.Scorer` wants."""
    weights = dict(net.pairs.named_parameters()) | {"lengths": net.mentions.lengths()}
    return {name: weight.detach().numpy() for name, weight in weights.items()}


def with_metadata(path: Path, values: dict[str, object]) -> None:
    """Writes the values into the ONNX file's own metadata."""
    model = onnx.load(str(path))
    del model.metadata_props[:]
    for key, value in values.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, value if isinstance(value, str) else json.dumps(value)
    onnx.save(model, str(path))


def trained(runs: Sequence[Path], *, attention: str = "sdpa") -> tuple[ReaderNet, Tokenizer]:
    """The network of a run, or the mean of the networks of several that began alike, and its tokenizer."""
    config = config_of(runs[-1])
    folder = encoder_folder(config)
    net = ReaderNet(folder, hidden=config.hidden, dropout=0.0, attention=attention)
    net.load_state_dict(mean_weights(runs))
    return net.eval(), tokenizer_of(folder)


def config_of(run: Path) -> Config:
    """The settings of a run."""
    return Config(**json.loads((run / "config.json").read_text()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=Path, nargs="+", default=[Path(f"runs/{run}") for run in SHIPPED])
    parser.add_argument("--out", type=Path, default=OWN_MODEL)
    parser.add_argument("--id", default="reader-2", help="the model's name, kept with every statement")
    args = parser.parse_args()
    net, tokenizer = trained(args.runs, attention="eager")
    one_in = config_of(args.runs[-1]).set_aside
    tuning = tuning_articles(polnear(tokenizer, SHARED / "data/polnear_train.jsonl.gz"), one_in=one_in)
    vocabulary = tokenizer.to_str().encode()
    metadata = {
        "format": str(FORMAT), "id": args.id, "window": SIZE, "stride": STRIDE, "reach": REACH, "cls": net.specials.cls,
        "sep": net.specials.sep,
        "roles": list(ROLES), "names": list(NAMES), "tokenizer": hashlib.sha256(vocabulary).hexdigest(),
        "floor": FLOOR, "threshold": 0.0, "confidence": [], "speakers": {},
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as scratch:
        plain, folder = Path(scratch) / "plain.onnx", Path(scratch) / "reader"
        folder.mkdir()
        export(net, tuning[0], plain)
        quantised(plain, folder / "reader.onnx")
        (folder / "tokenizer.json").write_bytes(vocabulary)
        with_metadata(folder / "reader.onnx", metadata)
        calibration = calibrated(Encoder(folder), tuning)
        np.savez(folder / "mentions.npz", **mention_weights(net))
        metadata["confidence"], metadata["threshold"] = calibration.weights, calibration.threshold
        with_metadata(folder / "reader.onnx", metadata)
        metadata["speakers"] = speaker_weights(Reader.load(folder))
        with_metadata(folder / "reader.onnx", metadata)
        agreement = agreement_of(net, Encoder(folder), tuning[:AGREEMENT_ARTICLES])
        shutil.copytree(folder, args.out, dirs_exist_ok=True)
    megabytes = (args.out / "reader.onnx").stat().st_size / 1e6
    print(f"{args.out}/reader.onnx: {megabytes:.1f} MB; F1 between the cues of torch and of int8: {agreement:.3f}")
    print(f"on the articles set aside: {calibration}")


def agreement_of(net: ReaderNet, encoder: Encoder, documents: list[Document]) -> float:
    """F1 between the cues that torch and the exported model find."""
    both = torch_only = onnx_only = 0
    for document in documents:
        a = set(score(net, document, floor=EVEN).anchors.tolist())
        b = set(encoder.scores([document.pieces], floor=EVEN)[0].anchors.tolist())
        both, torch_only, onnx_only = both + len(a & b), torch_only + len(a - b), onnx_only + len(b - a)
    return 2 * both / max(1, 2 * both + torch_only + onnx_only)


if __name__ == "__main__":
    main()
