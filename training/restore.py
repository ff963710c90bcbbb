"""Gets the 32-bit weights back from a shipped 8-bit network, for a training that goes on from them.

Each 8-bit weight is taken for the value it stands for. A batch norm was folded into the convolution before
it, so it comes back as what is left of it, the bias: keep its statistics (`train.py --start-from` does).

python training/restore.py --model models/low --out RUN
python training/restore.py --model models/low --keep training/weights/low.safetensors
python training/restore.py --run RUN --keep training/weights/low.safetensors
"""

import argparse
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn

from heads import CONFIDENCE_LOSSES
from network import MaskRCNN
from weights import State, iteration_of, keep_weights, save_checkpoint, weights_of

# Nodes that the exporter names after another place than their module's, or after one of several calls.
ELSEWHERE = {"project.0": "detail_head.project.0", "box_head.paper": "box_head.uncertainty.paper"}
MASK_UP, MASK_LAST = "/mask_head/Conv", "/mask_head/Conv_1"
QUARTERS = 4  # places of the mask head's 2 x 2 transposed convolution, exported as convolutions side by side
LATER_CALL = re.compile(r"_[1-9]$")


class Graph:
    """The learned nodes of an ONNX file and their values in floating point."""

    def __init__(self, path: Path):
        graph = onnx.load(path).graph
        self.path = path
        self.constants = {constant.name: constant for constant in graph.initializer}
        self.made_by = {output: node for node in graph.node for output in node.output}
        self.layers = {node.name: node for node in graph.node if node.op_type in ("Conv", "Gemm")}

    def weight_and_bias(self, layer: str) -> tuple[np.ndarray, np.ndarray]:
        """Raises ValueError where the file has no such layer, or none with both."""
        node = self.layers.get(layer)
        if node is None or len(node.input) < 3:
            raise ValueError(f"{self.path}: no layer {layer} with weight and bias; did quantise.py write it?")
        return self._value(node.input[1]), self._value(node.input[2])

    def _value(self, name: str) -> np.ndarray:
        if name in self.constants:
            return self._constant(name).astype(np.float32)
        node = self.made_by.get(name)
        if node is None or node.op_type != "DequantizeLinear":
            raise ValueError(
                f"{self.path}: {name} is neither a constant nor the 8-bit form of one; did quantise.py write it?"
            )
        steps, step, *zero = (self._constant(given) for given in node.input)
        zero = zero[0] if zero else np.zeros_like(step)
        if step.size > 1:  # one step a channel
            axis = next((attribute.i for attribute in node.attribute if attribute.name == "axis"), 1)
            shape = [-1 if dimension == axis else 1 for dimension in range(steps.ndim)]
            step, zero = step.reshape(shape), zero.reshape(shape)
        return (steps.astype(np.float32) - zero.astype(np.float32)) * step

    def _constant(self, name: str) -> np.ndarray:
        return numpy_helper.to_array(self.constants[name])


def module_of(layer: str) -> str:
    """The module whose weights a node holds: /pyramid/lateral.0/lateral.0.1/Conv is pyramid.lateral.0.1."""
    parts: list[str] = []
    for part in layer.split("/")[1:-1]:
        if parts and part.startswith(f"{parts[-1]}."):
            parts.pop()  # the exporter repeats a list's name in those of its members
        parts.append(part)
    name = ".".join(parts)
    return ELSEWHERE.get(name, name)


def restore(path: Path) -> MaskRCNN:
    """The network of an 8-bit file that quantise.py wrote, to be trained on or exported again.

    The file holds one of the confidence heads; those on trial beside it start from it.
    Raises ValueError where the file leaves a weight open or holds one of another size.
    """
    graph = Graph(path)
    model = MaskRCNN()
    norms = _norms_after(model)
    found: State = {}

    def put(module: str, weight: np.ndarray, bias: np.ndarray) -> None:
        found[f"{module}.weight"] = torch.from_numpy(np.ascontiguousarray(weight))
        norm = norms.get(module)
        if norm is None:
            found[f"{module}.bias"] = torch.from_numpy(bias)
            return
        ones = torch.ones(len(bias))
        found[f"{norm}.bias"], found[f"{norm}.weight"] = torch.from_numpy(bias), ones * _undo_epsilon(model, norm)
        found[f"{norm}.running_mean"], found[f"{norm}.running_var"] = ones * 0, ones

    for layer in graph.layers:
        if layer not in (MASK_UP, MASK_LAST) and not LATER_CALL.search(layer.split("/")[-2]):
            put(module_of(layer), *graph.weight_and_bias(layer))
    weight, bias = graph.weight_and_bias(MASK_UP)
    channels = len(bias) // QUARTERS
    put("mask_head.layers.12", weight.reshape(2, 2, channels, -1).transpose(3, 2, 0, 1), bias[:channels])
    weight, bias = graph.weight_and_bias(MASK_LAST)
    put("mask_head.layers.14", weight[:1], bias[:1])
    for name in CONFIDENCE_LOSSES:
        for kind in ("weight", "bias"):
            found.setdefault(f"box_head.uncertainty.{name}.{kind}", found[f"box_head.uncertainty.paper.{kind}"].clone())
    _check(path, model, found)
    model.load_state_dict(found, strict=False)
    return model.eval()


def _norms_after(model: MaskRCNN) -> dict[str, str]:
    """Each convolution that a batch norm follows, and that norm: they are registered in this order."""
    modules = [(name, m) for name, m in model.named_modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    return {name: after for (name, _), (after, module) in pairwise(modules) if isinstance(module, nn.BatchNorm2d)}


def _undo_epsilon(model: MaskRCNN, norm: str) -> float:
    """The scale with which a norm of variance 1 leaves its input as it is."""
    return (1 + model.get_submodule(norm).eps) ** 0.5


def _check(path: Path, model: MaskRCNN, found: State) -> None:
    wanted = {name: value.shape for name, value in model.state_dict().items() if "num_batches" not in name}
    for name in sorted(wanted.keys() | found.keys()):
        held = found[name].shape if name in found else None
        if held != wanted.get(name):
            shapes = [None if shape is None else list(shape) for shape in (held, wanted.get(name))]
            raise ValueError(f"{path}: {name} is {shapes[0]} in the file, {shapes[1]} in the network of network.py")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--model", type=Path, help="folder with manifest.json and its network")
    source.add_argument("--run", type=Path, help="a run whose weights are kept instead")
    parser.add_argument("--out", type=Path, help="a run's folder; gets checkpoint.pt")
    parser.add_argument("--keep", type=Path, help="a .safetensors file; gets the weights in 16 bits")
    wanted = parser.parse_args()
    if not (wanted.out or wanted.keep):
        parser.error("say where the weights go: --out, --keep or both")
    if wanted.model:
        manifest = json.loads((wanted.model / "manifest.json").read_text())
        weights, iteration = restore(wanted.model / manifest["file"]).state_dict(), manifest["training"]["iterations"]
    else:
        weights, iteration = weights_of(wanted.run), iteration_of(wanted.run)
    if wanted.out:
        wanted.out.mkdir(parents=True, exist_ok=True)
        save_checkpoint(wanted.out, {"model": weights, "iteration": iteration})
        print(f"{wanted.out / 'checkpoint.pt'}: weights of iteration {iteration}")
    if wanted.keep:
        keep_weights(wanted.keep, weights)
        print(f"{wanted.keep}: {wanted.keep.stat().st_size / 1e6:.1f} MB, weights of iteration {iteration}")


if __name__ == "__main__":
    main()
