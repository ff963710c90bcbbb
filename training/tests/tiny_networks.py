"""Writes the networks of a few kB that the tests of particled load: `test/inference/networks`.

python training/tests/tiny_networks.py

Each takes a grey image for the mask of the one particle it finds, in a box as large as the image; an image
without a value over 0.1 holds none. So what a test paints is what must come out.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = Path(__file__).parents[2] / "test" / "inference" / "networks"
OURS = {"boxes": "boxes", "scores": "scores", "sem-scores": "sem-scores", "masks": "masks"}
# The published networks: traced, so outputs bear the numbers of their nodes; labels beside them.
PAPERS = {"boxes": "6557", "labels": "6559", "scores": "6560", "sem-scores": "6571", "masks": "6573"}


@dataclass(frozen=True)
class Form:
    """What differs from one network to the next; `mask_side` None: masks as large as the image."""

    mask_side: int | None = 28
    names: tuple[tuple[str, str], ...] = tuple(OURS.items())
    image: str = "image"
    channels: int = 1
    sides: tuple[int | str, int | str] = ("height", "width")
    score: float = 0.9
    # 8 bits on the way: the image's mean of two neighbours, by this weight for each of them.
    weight: int | None = None
    # Whether by an operation on 8 bits, or by one in floating point between DequantizeLinear and QuantizeLinear.
    operator: bool = False
    # Whether the image comes as the sum of its halves, which 8 bits round otherwise than floating point does.
    halves: bool = False


PAPER = Form(mask_side=None, names=tuple(PAPERS.items()), image="input")
FORMS = {
    "roi-28": Form(),
    "roi-56": Form(mask_side=56),
    "full": PAPER,
    "full-fixed": replace(PAPER, sides=(120, 192)),
    "three-channels": Form(channels=3),
    "no-uncertainty": replace(PAPER, names=tuple(item for item in PAPERS.items() if item[0] != "sem-scores")),
    "logits": Form(score=3.5),
    # 255 x (64 + 64) fits 16 bits, 255 x (127 + 127) does not: without VNNI the score falls to about half.
    "qdq-64": Form(weight=64),
    "qdq-127": Form(weight=127),
    "operator-127": Form(weight=127, operator=True),
    # Its two forms differ on every processor: a sum half way between two fifths becomes the upper or the even one.
    "qdq-halves": Form(halves=True),
}


def network(form: Form) -> onnx.ModelProto:
    names = dict(form.names)
    cells = [form.mask_side, form.mask_side] if form.mask_side else list(form.sides)
    shapes = {
        "boxes": (TensorProto.FLOAT, ["particles", 4]),
        "labels": (TensorProto.INT64, ["particles"]),
        "scores": (TensorProto.FLOAT, ["particles"]),
        "sem-scores": (TensorProto.FLOAT, ["particles", 6]),
        "masks": (TensorProto.FLOAT, ["particles", 1, *cells]),
    }
    constants = {
        "floor": np.float32([0.1]),
        "one": np.int64([1]),
        "all": np.int64([-1]),
        "from": np.int64([2]),
        "to": np.int64([4]),
        "swap": np.int64([1, 0]),
        "corner": np.float32([0, 0]),
        "box-shape": np.int64([1, 4]),
        "labels-all": np.int64([1]),
        "scores-all": np.float32([form.score]),
        "sem-scores-all": np.float32([[0, 0, 0, 0, 0, 1]]),
        "mask-shape": np.int64([1, 1, form.mask_side or 0, form.mask_side or 0]),
    }
    make = helper.make_node
    seen = form.image
    eight_bits: list[onnx.NodeProto] = []
    scoring: list[onnx.NodeProto] = []
    if form.weight:
        seen = "seen"
        constants |= eight_bit_constants(form.weight)
        constants["score"] = np.float32(form.score)
        del constants["scores-all"]
        eight_bits = operator_nodes(form.image) if form.operator else qdq_nodes(form.image)
        scoring = [make("Mul", ["peaks", "score"], ["scores-all"])]
    if form.halves:
        seen = "seen"
        steps = {"tenth": 0.1, "fifth": 0.2, "two-fifths": 0.4}
        constants |= {name: np.float32(step) for name, step in steps.items()}
        constants |= {"zero": np.uint8(0), "odd": np.uint8(1)}
        eight_bits = halving_nodes(form.image)
    nodes = [
        *eight_bits,
        make("ReduceMax", [seen], ["peak"], keepdims=0),
        make("Reshape", ["peak", "one"], ["peaks"]),
        *scoring,
        make("Greater", ["peaks", "floor"], ["bright"]),
        make("NonZero", ["bright"], ["found"]),
        make("Reshape", ["found", "all"], ["index"]),
        make("Shape", [form.image], ["shape"]),
        make("Slice", ["shape", "from", "to"], ["sides"]),
        make("Gather", ["sides", "swap"], ["far"]),
        make("Cast", ["far"], ["far-corner"], to=TensorProto.FLOAT),
        make("Concat", ["corner", "far-corner"], ["box"], axis=0),
        make("Reshape", ["box", "box-shape"], ["boxes-all"]),
        make("Resize", [seen, "", "", "mask-shape"], ["masks-all"], mode="linear")
        if form.mask_side
        else make("Identity", [seen], ["masks-all"]),
        *(make("Gather", [f"{role}-all", "index"], [name], axis=0) for role, name in names.items()),
    ]
    used = {name for node in nodes for name in node.input}
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(form.image, TensorProto.FLOAT, [1, form.channels, *form.sides])],
        [helper.make_tensor_value_info(name, *shapes[role]) for role, name in names.items()],
        [numpy_helper.from_array(value, name) for name, value in constants.items() if name in used],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model, full_check=True)
    return model


def eight_bit_constants(weight: int) -> dict[str, np.ndarray]:
    """The same for two output channels, since onnxruntime computes one alone in 32 bits."""
    return {
        "grey": np.float32(1 / 255),
        "zero": np.uint8(0),
        "weights": np.full((2, 1, 1, 2), weight, np.int8),
        "weight-scale": np.float32([0.5 / weight] * 2),
        "weight-zero": np.int8([0, 0]),
    }


def qdq_nodes(image: str) -> list[onnx.NodeProto]:
    make = helper.make_node
    return [
        make("QuantizeLinear", [image, "grey", "zero"], ["image-8"]),
        make("DequantizeLinear", ["image-8", "grey", "zero"], ["image-back"]),
        make("DequantizeLinear", ["weights", "weight-scale", "weight-zero"], ["weights-back"], axis=0),
        make("Conv", ["image-back", "weights-back"], ["mean"], name="mean-of-two", pads=[0, 0, 0, 1]),
        make("QuantizeLinear", ["mean", "grey", "zero"], ["mean-8"]),
        make("DequantizeLinear", ["mean-8", "grey", "zero"], ["means"]),
        make("ReduceMax", ["means"], ["seen"], axes=[1]),
    ]


def halving_nodes(image: str) -> list[onnx.NodeProto]:
    """Half of the image in steps of 0.1 and half of it in steps of 0.2, their sum in steps of 0.2.

    On 8 bits the zero point is added before rounding half to even, in floating point after it.
    """
    make = helper.make_node
    return [
        make("QuantizeLinear", [image, "fifth", "zero"], ["fine-8"]),
        make("DequantizeLinear", ["fine-8", "tenth", "zero"], ["fine-half"]),
        make("QuantizeLinear", [image, "two-fifths", "zero"], ["coarse-8"]),
        make("DequantizeLinear", ["coarse-8", "fifth", "zero"], ["coarse-half"]),
        make("Add", ["fine-half", "coarse-half"], ["sum"]),
        make("QuantizeLinear", ["sum", "fifth", "odd"], ["sum-8"]),
        make("DequantizeLinear", ["sum-8", "fifth", "odd"], ["seen"]),
    ]


def operator_nodes(image: str) -> list[onnx.NodeProto]:
    make = helper.make_node
    return [
        make("QuantizeLinear", [image, "grey", "zero"], ["image-8"]),
        make(
            "QLinearConv",
            ["image-8", "grey", "zero", "weights", "weight-scale", "weight-zero", "grey", "zero"],
            ["mean-8"],
            name="mean-of-two",
            pads=[0, 0, 0, 1],
        ),
        make("DequantizeLinear", ["mean-8", "grey", "zero"], ["means"]),
        make("ReduceMax", ["means"], ["seen"], axes=[1]),
    ]


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for name, form in FORMS.items():
        onnx.save(network(form), OUT / f"{name}.onnx")
