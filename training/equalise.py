"""Gives every channel of a network's inner maps the same range, which changes nothing but what 8 bits make of them.

Cross-layer equalisation (Nagel et al. 2019, arXiv 1906.04721), with the ranges that calibration images show: a layer
that writes a channel is divided by a factor and all layers that read it are multiplied by it. It is exact where
whatever stands between them is linear or a ReLU. A ReLU6 whose channel stays under 6 becomes one that is cut off at
the largest value seen, as 8 bits cut it off anyway.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

WEIGHTED = ("Conv", "Gemm")
# Their result has the channels of their first input, in order, and scales with it.
PASSING = ("Relu", "Clip", "Add", "Resize", "MaxPool", "Slice", "RoiAlign", "Flatten")
RECTIFIED_TOP = 255 / 32  # 255 steps of 2^-5
LINEAR_TOP = 127 / 16  # 127 steps of 2^-4 on either side
EXPONENT = 0.5  # 1 gives all channels one range, but the weights that read them very different ones; 0 does nothing
LEAST_SHARE = 1 / 64  # of the widest channel's range: a channel that was silent must not be cut off at nothing


@dataclass
class Group:
    """Tensors that share their channels, and the weights that write and read them."""

    tensors: list[str] = field(default_factory=list)
    writers: list[onnx.NodeProto] = field(default_factory=list)
    readers: list[onnx.NodeProto] = field(default_factory=list)


def channel_groups(graph: onnx.GraphProto) -> list[Group]:
    """Every set of tensors whose channels can be rescaled together: written and read by weighted layers alone."""
    values = {tensor.name for tensor in graph.initializer}
    above: dict[str, str] = {}

    def root(name: str) -> str:
        while above.get(name, name) != name:
            name = above[name]
        return name

    def join(one: str, other: str) -> None:
        above[root(one)] = root(other)

    first_use: dict[str, onnx.NodeProto] = {}
    for node in graph.node:
        if node.op_type in WEIGHTED:
            # Layers that share weights share what they write and what they read.
            first = first_use.setdefault(node.input[1], node)
            join(node.input[0], first.input[0])
            join(node.output[0], first.output[0])
        elif passes_channels(node):
            sources = node.input if node.op_type in ("Add", "Concat") else node.input[:1]
            for source in sources:
                join(source, node.output[0])
    groups: dict[str, Group] = defaultdict(Group)
    closed = {root(value.name) for value in (*graph.input, *graph.output)} | {root(name) for name in values}
    for node in graph.node:
        for name in node.output:
            groups[root(name)].tensors.append(name)
        if node.op_type in WEIGHTED and all(name in values for name in node.input[1:]):
            groups[root(node.output[0])].writers.append(node)
            groups[root(node.input[0])].readers.append(node)
        elif not passes_channels(node) and node.op_type != "Shape":
            closed.update(root(name) for name in (*node.input, *node.output))
    return [group for name, group in groups.items() if name not in closed and group.writers and group.readers]


def passes_channels(node: onnx.NodeProto) -> bool:
    if node.op_type == "Concat":
        return onnx.helper.get_node_attr_value(node, "axis") == 0
    return node.op_type in PASSING


def channel_ranges(model: onnx.ModelProto, tensors: list[str], images) -> dict[str, np.ndarray]:
    """Smallest and largest value [2, channels] of each tensor in all images, 0 included."""
    measured = onnx.ModelProto()
    measured.CopyFrom(model)
    graph = measured.graph
    ranks = {v.name: len(v.type.tensor_type.shape.dim) for v in (*graph.value_info, *graph.output)}
    del graph.output[:]
    for i, name in enumerate(tensors):
        axes = [axis for axis in range(ranks.get(name, 4)) if axis != 1]
        for kind in ("ReduceMin", "ReduceMax"):
            graph.node.append(onnx.helper.make_node(kind, [name], [f"range-{i}-{kind}"], axes=axes, keepdims=0))
            graph.output.append(onnx.helper.make_empty_tensor_value_info(f"range-{i}-{kind}"))
    session = onnxruntime.InferenceSession(measured.SerializeToString(), providers=["CPUExecutionProvider"])
    ranges: dict[str, np.ndarray] = {}
    while (image := images.get_next()) is not None:
        found = session.run(None, image)
        for name, low, high in zip(tensors, found[::2], found[1::2], strict=True):
            before = ranges.get(name, np.zeros((2, len(low))))
            # Where an image has no region at all, the smallest value is infinite.
            low, high = (np.where(np.isfinite(side), side, 0) for side in (low, high))
            ranges[name] = np.stack([np.minimum(before[0], low), np.maximum(before[1], high)])
    return ranges


def equalise(model: onnx.ModelProto, ranges: dict[str, np.ndarray]) -> None:
    """Rescales the channels of every group in place, and the ranges with them."""
    graph = model.graph
    values = {tensor.name: tensor for tensor in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    for group in channel_groups(graph):
        measured = [name for name in group.tensors if name in ranges]
        widest = np.max([np.abs(ranges[name]).max(0) for name in measured] or [[0]], axis=0)
        if widest.max() == 0:
            continue
        rectified = all(made_by[name].op_type in ("Relu", "Clip") for name in measured)
        shares = np.maximum(widest / widest.max(), LEAST_SHARE) ** EXPONENT
        factors = shares * widest.max() / (RECTIFIED_TOP if rectified else LINEAR_TOP)
        for names in {tuple(node.input[1:]) for node in group.writers}:
            for name in names:
                scale_outputs(values[name], 1 / factors)
        readers = {node.input[1]: node for node in group.readers}
        for name, node in readers.items():
            groups = next((a.i for a in node.attribute if a.name == "group"), 1)
            scale_inputs(values[name], factors, groups)
        for name in measured:
            ranges[name] = ranges[name] / factors
            if made_by[name].op_type == "Clip":
                # Its limit in the units of the channel that reaches it; the others stay below, on these images.
                made_by[name].input[2] = f"{name}_top"
                graph.initializer.append(numpy_helper.from_array(np.float32(RECTIFIED_TOP), f"{name}_top"))


def scale_outputs(tensor: onnx.TensorProto, factors: np.ndarray) -> None:
    """Multiplies a layer's weights or bias by one factor for each output channel."""
    array = numpy_helper.to_array(tensor).astype(np.float64)
    scaled = array * factors.reshape(-1, *[1] * (array.ndim - 1))
    tensor.CopyFrom(numpy_helper.from_array(scaled.astype(np.float32), tensor.name))


def scale_inputs(tensor: onnx.TensorProto, factors: np.ndarray, groups: int = 1) -> None:
    """Multiplies a layer's weights by one factor for each input channel; a Gemm reads flattened channels."""
    array = numpy_helper.to_array(tensor).astype(np.float64)
    outputs, inputs = array.shape[:2]
    own = np.repeat(factors, max(1, inputs * groups // len(factors))).reshape(groups, 1, inputs)
    own = np.broadcast_to(own, (groups, outputs // groups, inputs)).reshape(outputs, inputs)
    scaled = array * own.reshape(outputs, inputs, *[1] * (array.ndim - 2))
    tensor.CopyFrom(numpy_helper.from_array(scaled.astype(np.float32), tensor.name))
