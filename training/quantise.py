"""Writes an exported network again with 8-bit layers: a quarter of the size, half the time on a CPU.

python training/quantise.py --model models/low --images CALIBRATION --out models/low-int8
"""

import argparse
import hashlib
import json
import re
import tempfile
from pathlib import Path

import cv2
import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static
from onnxruntime.quantization.shape_inference import quant_pre_process

QUANTISED = ["Conv", "Gemm", "MatMul", "Add", "Resize", "Concat", "Relu", "Clip", "MaxPool"]
WEIGHTED = ("Conv", "Gemm", "MatMul")
# What a user reads, scores, confidence and coordinates, keeps its resolution, as do the stem and the first block, whose
# coarse steps all later layers would see; it costs next to nothing.
FLOAT_LAYERS = re.compile(r"/box_head/(?!layers/)|/backbone/(_conv_stem/|Clip|_blocks\.0/)")


class Images(CalibrationDataReader):
    """The images of a folder, prepared as particled prepares a tile: [1, 1, H, W] float32 in [0, 1]."""

    def __init__(self, folder: Path, manifest: dict):
        self.paths = sorted(folder.glob("*.png"))
        if not self.paths:
            raise FileNotFoundError(f"{folder}: no .png images to calibrate on")
        self.input = manifest["input"]
        self.waiting = iter(self.paths)

    def get_next(self) -> dict[str, np.ndarray] | None:
        path = next(self.waiting, None)
        if path is None:
            return None
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        scale = self.input["longestSidePx"] / max(image.shape)
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        padding = [(0, -side % self.input["sideMultiplePx"]) for side in image.shape]
        return {self.input["name"]: np.pad(image, padding, mode="edge").astype(np.float32)[None, None] / 255}


def quantise(source: Path, images: CalibrationDataReader, out: Path) -> int:
    """Writes the network with 8-bit weights by channel and activations by tensor; gives the number of such layers."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        # Folds constants and paddings, so that each convolution stands between two activations.
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        graph = onnx.load(prepared).graph
        layers = learned_layers(graph)
        quantize_static(
            str(prepared), str(out), images, quant_format=QuantFormat.QDQ, nodes_to_quantize=layers,
            op_types_to_quantize=QUANTISED, per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,  # the pair that VNNI multiplies
            extra_options={"TensorQuantOverrides": weight_ranges(graph, layers)},
        )  # fmt: skip
    return len(layers)


def weight_ranges(graph: onnx.GraphProto, layers: list[str]) -> dict[str, list[dict]]:
    """The range of each output channel's weights, by the weight's name, in the form that onnxruntime takes."""
    values = {tensor.name: tensor for tensor in graph.initializer}
    ranges = {}
    for node in graph.node:
        if node.name not in layers or node.op_type not in WEIGHTED or node.input[1] not in values:
            continue
        weights = onnx.numpy_helper.to_array(values[node.input[1]])
        transposed = any(a.name == "transB" and a.i for a in node.attribute)
        axis = 0 if node.op_type == "Conv" or transposed else 1
        limits = [pair_safe_range(channel) for channel in np.moveaxis(weights, axis, 0)]
        ranges[node.input[1]] = [{"axis": axis, "rmin": -limit, "rmax": limit} for limit in limits]
    return ranges


def pair_safe_range(weights: np.ndarray) -> float:
    """The weight that becomes 127, chosen so that no two weights of a channel sum to more than 128.

    Processors without VNNI add two products of an activation (255 at most) and a weight in 16 bits (`vpmaddubsw`),
    where 255 x 128 = 32,640 has room and 255 x 129 has not. Weights of 7 bits would do as well, but they halve every
    channel's resolution, while this takes from a channel only what its two largest weights of one sign ask for.
    """
    ordered = np.sort(weights, axis=None)
    pairs = (ordered[-2:].clip(min=0).sum(), -ordered[:2].clip(max=0).sum())
    # 127, as each of the two may be rounded up by half.
    return float(max(np.abs(ordered).max(), *pairs)) or 1.0


def learned_layers(graph: onnx.GraphProto) -> list[str]:
    """Names of the nodes to quantise: those inside the network's modules, and the joining of pooled regions.

    Anchors, decoding and suppression are written at the graph's top level and count pixels: never those.
    """
    made_by = {output: node.op_type for node in graph.node for output in node.output}
    chosen = []
    for node in graph.node:
        in_module = node.name.count("/") > 1 and not FLOAT_LAYERS.match(node.name)
        joins_regions = node.op_type == "Concat" and made_by.get(node.input[0]) == "RoiAlign"
        if node.op_type in QUANTISED and (in_module or joins_regions):
            chosen.append(node.name)
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder with model.onnx and manifest.json")
    parser.add_argument(
        "--images", type=Path, required=True, help="folder of .png images, real and virtual, to calibrate on"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the 8-bit model and its manifest")
    arguments = parser.parse_args()
    manifest = json.loads((arguments.model / "manifest.json").read_text())
    images = Images(arguments.images, manifest)
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / manifest["file"]
    layers = quantise(arguments.model / manifest["file"], images, path)

    manifest["name"] = arguments.out.name
    manifest["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest["training"]["quantisation"] = f"{layers} layers in 8 bits, calibrated on {len(images.paths)} images"
    (arguments.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {layers} layers in 8 bits")


if __name__ == "__main__":
    main()
