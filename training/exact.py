"""Scales with which 8-bit layers give the same bits however they are computed.

onnxruntime may run a quantised layer on integers, or on floating-point numbers that stand for them, with sums in
whatever order suits the processor. Where every scale is a power of two (of weights: times a number of four bits), all
products and sums are whole numbers of one unit; while they stay under 2^24 of them, 32-bit floating point holds them
exactly, in any order, and the rounding to the next layer's 8 bits sees the same number on every processor. (Dyadic
scales: Yao et al. 2021, HAWQ-V3, arXiv 2011.10680; here for agreement, not for speed.)

That sums stay under it is certain for 93 % of the channels of the networks, whatever the image. The others could leave
it by many large inputs whose products have one sign; on the images tried no value differed.
"""

import math

import numpy as np
import onnx
from onnx import numpy_helper

MANTISSA_STEPS = 8  # of a weight's scale, from one power of two to the next
SLACK = 1.05  # a range wider than a power of two by less than this is cut off there
MOST_OF_BIAS = 2**22  # of the 2^24 units that a sum may have


def power_of_two(scale: float) -> float:
    """The smallest power of two that is not below the scale, but for the slack."""
    return 2.0 ** math.ceil(math.log2(scale / SLACK))


def activation_scale(low: float, high: float) -> tuple[float, int]:
    """Scale and zero point of 8 unsigned bits for values from low to high.

    The zero point is even: some operators add it before they round, others after, and a half goes to the even number.
    """
    scale = power_of_two(max(high - low, 1e-6) / 255)
    middle = (low + high) / 2
    zero = 0 if low >= 0 else 2 * round((127.5 - middle / scale) / 2)
    return scale, min(max(zero, 0), 254)


def weight_scale(limit: float) -> float:
    """The smallest scale of few bits whose 127th step is not below the limit."""
    mantissa, exponent = math.frexp(limit / 127)  # mantissa in [0.5, 1)
    return math.ldexp(math.ceil(mantissa * 2 * MANTISSA_STEPS) / (2 * MANTISSA_STEPS), exponent)


def next_scale(scale: float) -> float:
    """The scale of few bits that follows on this one."""
    mantissa, exponent = math.frexp(scale)
    return math.ldexp(mantissa + 1 / (2 * MANTISSA_STEPS), exponent)


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


def weight_scales(graph: onnx.GraphProto, layers: list[str], scales: dict[str, tuple[float, int]]) -> dict[str, list]:
    """Each weighted layer's scales by output channel, by the weight's name, in the form that onnxruntime takes."""
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    found: dict[str, list] = {}
    for node in graph.node:
        if node.name not in layers or node.op_type not in ("Conv", "Gemm"):
            continue
        name, bias = node.input[1], values[node.input[2]]
        limits = [pair_safe_range(channel) for channel in values[name]]
        # A channel of tiny weights under a large bias would count the bias in too many units.
        floors = np.abs(bias) / (scales[node.input[0]][0] * MOST_OF_BIAS)
        own = [weight_scale(max(limit, 127 * floor)) for limit, floor in zip(limits, floors, strict=True)]
        before = [entry["scale"] for entry in found.get(name, [])] or own
        found[name] = [
            {"axis": 0, "scale": max(pair), "zero_point": 0} for pair in zip(own, before, strict=True)
        ]  # the layers that share the weights share their scales
    return found
