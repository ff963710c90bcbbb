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

from equalise import channel_ranges, equalise
from exact import activation_scale, weight_scales
from rounding import input_moments, round_weights

QUANTISED = ["Conv", "Gemm", "Add", "Resize", "Concat", "Relu", "Clip", "MaxPool"]
# Their result holds values of their first input, or means of them, and nothing else.
SELECTING = ("MaxPool", "Resize", "RoiAlign", "Slice", "Gather", "Flatten", "DepthToSpace")
# What a user reads, scores, confidence and coordinates, keeps its resolution; it costs next to nothing. An enlargement
# between cells is rounded otherwise on integers than in floating point.
FLOAT_LAYERS = re.compile(r"/box_head/(?!layers/)|/detail_head/Resize")

LOOKED_AT = 16  # images for the moments of a layer's inputs
CROP_PX = 512  # of each: all maps of a network are held at once


class Images(CalibrationDataReader):
    """The images of a folder, prepared as particled prepares a tile: [1, 1, H, W] float32 in [0, 1]."""

    def __init__(self, folder: Path, manifest: dict):
        self.paths = sorted(folder.glob("*.png"))
        if not self.paths:
            raise FileNotFoundError(f"{folder}: no .png images to calibrate on")
        self.input = manifest["input"]
        self.restart()

    def restart(self, most: int | None = None, crop: int | None = None) -> None:
        """Begins anew, with so many images from all over the folder, and of each its middle only."""
        self.waiting = iter(self.paths[:: max(1, len(self.paths) // most)][:most] if most else self.paths)
        self.crop = crop

    def get_next(self) -> dict[str, np.ndarray] | None:
        path = next(self.waiting, None)
        if path is None:
            return None
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        scale = self.input["longestSidePx"] / max(image.shape)
        image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        if self.crop:
            top, left = (max(0, side - self.crop) // 2 for side in image.shape)
            image = image[top : top + self.crop, left : left + self.crop]
        padding = [(0, -side % self.input["sideMultiplePx"]) for side in image.shape]
        return {self.input["name"]: np.pad(image, padding, mode="edge").astype(np.float32)[None, None] / 255}


def quantise(source: Path, images: Images, out: Path) -> int:
    """Writes the network with 8-bit weights by channel and activations by tensor; gives the number of such layers."""
    with tempfile.TemporaryDirectory() as folder:
        prepared, equalised = Path(folder) / "prepared.onnx", Path(folder) / "equalised.onnx"
        # Folds constants and paddings, so that each convolution stands between two activations.
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        model = onnx.load(prepared)
        layers = learned_layers(model.graph)
        tensors = quantised_tensors(model.graph, layers)
        ranges = channel_ranges(model, sorted({origin for origins in tensors.values() for origin in origins}), images)
        equalise(model, ranges)
        scales = {
            name: activation_scale(
                min(ranges[origin][0].min() for origin in origins), max(ranges[origin][1].max() for origin in origins)
            )
            for name, origins in tensors.items()
        }
        overrides: dict[str, list[dict]] = weight_scales(model.graph, layers, scales)
        images.restart(most=LOOKED_AT, crop=CROP_PX)
        round_weights(model, overrides, input_moments(model, layers, images))
        onnx.save(model, equalised)
        for name, (scale, zero) in scales.items():
            overrides[name] = [{"scale": np.array(scale, np.float32), "zero_point": np.array(zero, np.uint8)}]
        images.restart(most=1)  # onnxruntime wants to see one, though every scale is given
        quantize_static(
            str(equalised), str(out), images, quant_format=QuantFormat.QDQ, nodes_to_quantize=layers,
            op_types_to_quantize=QUANTISED, per_channel=True,
            activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,  # the pair that VNNI multiplies
            extra_options={"TensorQuantOverrides": overrides, "QDQDisableWeightAdjustForInt32Bias": True},
        )  # fmt: skip
    return len(layers)


def quantised_tensors(graph: onnx.GraphProto, layers: list[str]) -> dict[str, list[str]]:
    """The activations to quantise, each with the tensors whose ranges hold its values."""
    values = {tensor.name for tensor in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}

    def origins(name: str) -> list[str]:
        node = made_by.get(name)
        if node is None or node.op_type not in (*SELECTING, "Concat"):
            return [name]
        sources = node.input if node.op_type == "Concat" else node.input[:1]
        return [origin for source in sources for origin in origins(source)]

    chosen = [node for node in graph.node if node.name in layers]
    rectified = {node.input[0] for node in chosen if node.op_type in ("Relu", "Clip")}
    tensors: dict[str, list[str]] = {}
    for node in chosen:
        read = {"Concat": len(node.input), "Add": 2}.get(node.op_type, 1)
        for name in (*node.input[:read], *node.output):
            if name not in values and name not in rectified:
                # What is joined has one scale beforehand, for the joining itself rounds in its own way.
                tensors[name] = origins(node.output[0] if node.op_type == "Concat" else name)
    return tensors


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
