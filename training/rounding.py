"""Rounds the weights of a network to 8 bits so that what a layer gives changes least on real images.

A weight is rounded, and those of its channel not yet rounded take over what that changes (GPTQ: Frantar et al. 2022,
arXiv 2210.17323, with the inverse covariance of the layer's inputs); the mean of what is left goes into the bias
(Nagel et al. 2019, arXiv 1906.04721). The neighbouring pixels under a small kernel are much alike, so that errors of
its nine weights would add up otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import onnx
import onnxruntime
from onnx import numpy_helper

from exact import next_scale

SAMPLES = 2048  # places of each map and image
LARGEST = 2500  # inputs of a channel: above, the covariance of so many is neither known from few images nor cheap
DAMPING = 0.01  # of the mean variance, as in GPTQ


@dataclass
class Moments:
    """Sum [groups, n], and sum of products [groups, n, n] of a layer's inputs at `count` places."""

    total: np.ndarray | float = 0.0
    products: np.ndarray | float = 0.0
    count: int = 0

    def add(self, inputs: np.ndarray) -> None:
        """Takes inputs [groups, n, places]."""
        self.total = self.total + inputs.sum(2)
        self.products = self.products + inputs @ inputs.transpose(0, 2, 1)
        self.count += inputs.shape[2]

    @property
    def mean(self) -> np.ndarray:
        return self.total / self.count

    @property
    def covariance(self) -> np.ndarray:
        return self.products / self.count - self.mean[:, :, None] * self.mean[:, None, :]


def input_moments(model: onnx.ModelProto, layers: list[str], images, seed: int = 1) -> dict[str, Moments]:
    """Moments of what each weight of the layers is multiplied with, by the weight's name."""
    graph = model.graph
    values = {tensor.name: tensor for tensor in graph.initializer}
    nodes = [node for node in graph.node if node.name in layers and node.op_type in ("Conv", "Gemm")]
    nodes = [node for node in nodes if np.prod(values[node.input[1]].dims[1:]) <= LARGEST]
    observed = onnx.ModelProto()
    observed.CopyFrom(model)
    del observed.graph.output[:]
    names = sorted({node.input[0] for node in nodes})
    observed.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in names)
    session = onnxruntime.InferenceSession(observed.SerializeToString(), providers=["CPUExecutionProvider"])
    random = np.random.default_rng(seed)
    moments: dict[str, Moments] = defaultdict(Moments)
    while (image := images.get_next()) is not None:
        maps = dict(zip(names, session.run(None, image), strict=True))
        for node in nodes:
            if maps[node.input[0]].size:
                inputs = sampled_inputs(node, values[node.input[1]].dims, maps[node.input[0]], random)
                moments[node.input[1]].add(inputs)
    return {name: known for name, known in moments.items() if known.count}


def sampled_inputs(node: onnx.NodeProto, shape, given: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """What a layer's weights meet [groups, inputs of a channel, places], at places drawn from its input."""
    if node.op_type == "Gemm":
        return given[random.integers(0, len(given), min(SAMPLES, len(given)))].T[None].astype(np.float64)
    groups = next((a.i for a in node.attribute if a.name == "group"), 1)
    height, width = shape[2:]
    rows, columns = given.shape[2] - height + 1, given.shape[3] - width + 1
    if rows < 1 or columns < 1:
        return np.zeros((groups, int(np.prod(shape[1:])), 0))
    count = min(SAMPLES, len(given) * rows * columns)
    which = random.integers(0, len(given), count)
    top, left = random.integers(0, rows, count), random.integers(0, columns, count)
    cells = [given[which, :, top + y, left + x] for y in range(height) for x in range(width)]  # each [places, channels]
    patches = np.stack(cells, 2).astype(np.float64)
    return patches.reshape(count, groups, -1).transpose(1, 2, 0)


def round_weights(model: onnx.ModelProto, scales: dict[str, list[dict]], moments: dict[str, Moments]) -> None:
    """Puts whole numbers of each channel's scale in place of the weights; a scale may grow to keep pairs in bounds."""
    values = {tensor.name: tensor for tensor in model.graph.initializer}
    biases = {node.input[1]: node.input[2] for node in model.graph.node if node.op_type in ("Conv", "Gemm")}
    for name, known in moments.items():
        weights = numpy_helper.to_array(values[name]).astype(np.float64)
        bias = numpy_helper.to_array(values[biases[name]]).astype(np.float64)
        groups = len(known.mean)
        per_group = len(weights) // groups
        rows = weights.reshape(groups, per_group, -1)
        steps = np.array([entry["scale"] for entry in scales[name]]).reshape(groups, per_group)
        rounded = np.zeros_like(rows)
        for group in range(groups):
            factor = compensation(known.covariance[group])
            pending = np.arange(per_group)
            while len(pending):
                found = round_rows(rows[group][pending], steps[group][pending], factor)
                rounded[group][pending] = found * steps[group][pending][:, None]
                pending = pending[~pairs_are_safe(found)]
                steps[group][pending] = [next_scale(step) for step in steps[group][pending]]
        bias -= np.einsum("gon,gn->go", rounded - rows, known.mean).reshape(-1)
        for entry, step in zip(scales[name], steps.reshape(-1), strict=True):
            entry["scale"] = float(step)
        values[name].CopyFrom(numpy_helper.from_array(rounded.reshape(weights.shape).astype(np.float32), name))
        values[biases[name]].CopyFrom(numpy_helper.from_array(bias.astype(np.float32), biases[name]))


def compensation(covariance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The order in which to round, strongest input first, and the upper factor of the inverse covariance in it."""
    order = np.argsort(-np.diag(covariance), kind="stable")
    damped = covariance[np.ix_(order, order)]
    damped = damped + np.eye(len(order)) * (DAMPING * np.diag(damped).mean() + 1e-9)
    return order, np.linalg.cholesky(np.linalg.inv(damped)).T


def round_rows(rows: np.ndarray, steps: np.ndarray, factor: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Whole numbers of steps for each channel's weights [channels, n], each error made good by those that follow."""
    order, upper = factor
    left = rows[:, order] / steps[:, None]
    for i in range(len(order)):
        whole = np.rint(left[:, i]).clip(-127, 127)
        error = (left[:, i] - whole) / upper[i, i]
        left[:, i + 1 :] -= error[:, None] * upper[i, i + 1 :]
        left[:, i] = whole
    return left[:, np.argsort(order)]


def pairs_are_safe(rounded: np.ndarray) -> np.ndarray:
    """Whether no two weights of one sign of each channel [channels, n] sum to more than 128 steps."""
    ordered = np.sort(rounded, axis=1)
    return (ordered[:, -2:].clip(min=0).sum(1) <= 128) & (ordered[:, :2].clip(max=0).sum(1) >= -128)
