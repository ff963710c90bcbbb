import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from equalise import LINEAR_TOP, channel_groups, channel_ranges, equalise
from exact import activation_scale, next_scale, pair_safe_range, weight_scale
from rounding import Moments, compensation, input_moments, pairs_are_safe, round_rows, round_weights


class Fed:
    """Images in the form that the quantiser asks for them."""

    def __init__(self, *images: np.ndarray):
        self.waiting = iter(images)

    def get_next(self):
        image = next(self.waiting, None)
        return None if image is None else {"image": image}


def two_layers(kind: str = "Relu") -> onnx.ModelProto:
    """1 -> 2 -> 1 channels by 1 x 1 convolutions: relu(x + 1), relu(0.01 x), and their sum."""
    weights = {
        "a": np.float32([1, 0.01]).reshape(2, 1, 1, 1),
        "a-bias": np.float32([1, 0]),
        "b": np.float32([1, 1]).reshape(1, 2, 1, 1),
        "b-bias": np.float32([0]),
    }
    nodes = [
        helper.make_node("Conv", ["image", "a", "a-bias"], ["inner"], "first"),
        helper.make_node(kind, ["inner"], ["kept"], "between"),
        helper.make_node("Conv", ["kept", "b", "b-bias"], ["sum"], "second"),
    ]
    shape = [1, 1, "height", "width"]
    graph = helper.make_graph(
        nodes,
        "two",
        [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("sum", TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model: onnx.ModelProto, image: np.ndarray) -> np.ndarray:
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"image": image})[0]


def test_activations_have_scales_that_are_powers_of_two():
    assert activation_scale(0, 255 / 32) == (1 / 32, 0)
    assert activation_scale(0, 6) == (1 / 32, 0)  # 6 / 255 = 1 / 42.5, rounded up
    assert activation_scale(-127 / 16, 127 / 16) == (1 / 16, 128)  # 127.5 to even
    assert activation_scale(-1, 3) == (1 / 64, 64)  # 256 steps, of which the last is cut off
    assert activation_scale(0, 8.2)[0] == 1 / 32  # 3 % over what 255 steps hold: cut off
    assert activation_scale(0, 8.5)[0] == 1 / 16


def test_weights_have_scales_of_four_bits():
    assert weight_scale(127.0) == 1.0
    assert weight_scale(127 * 1.01) == 1.125
    assert weight_scale(127 * 0.51) == 0.5625
    assert next_scale(1.0) == 1.125
    assert next_scale(1.875) == 2.0


def test_channels_between_two_layers_are_one_group():
    (group,) = channel_groups(two_layers().graph)
    assert group.tensors == ["inner", "kept"]
    assert [node.name for node in group.writers] == ["first"]
    assert [node.name for node in group.readers] == ["second"]
    # What another operator reads keeps its units.
    assert channel_groups(two_layers("Sigmoid").graph) == []


def test_equalising_changes_ranges_and_not_the_result():
    model, image = two_layers(), np.float32([[-3, 0], [1, 3]]).reshape(1, 1, 2, 2)
    before = run(model, image)
    ranges = channel_ranges(model, ["kept"], Fed(image))
    assert np.allclose(ranges["kept"], [[0, 0], [4, 0.03]])
    equalise(model, ranges)
    assert np.allclose(run(model, image), before, atol=1e-6)
    # 0.03 is less than a 64th of 4, and taken for it; the root of 1/64 is an eighth.
    assert ranges["kept"][1] == pytest.approx([255 / 32, 0.03 * 8 / 4 * 255 / 32])


def test_a_linear_map_is_scaled_to_both_sides():
    model, image = two_layers("MaxPool"), np.float32([[-3, 0], [1, 3]]).reshape(1, 1, 2, 2)
    model.graph.node[1].attribute.append(helper.make_attribute("kernel_shape", [1, 1]))
    ranges = channel_ranges(model, ["inner"], Fed(image))
    equalise(model, ranges)
    assert np.abs(ranges["inner"]).max() == pytest.approx(LINEAR_TOP)


def test_the_two_largest_weights_of_a_channel_share_128():
    # 0.5 and 0.5 are to sum to 127 before each is rounded, so that the scale is 1 / 127 and both become 64.
    assert pair_safe_range(np.array([0.5, 0.5, -0.1])) == pytest.approx(1.0)
    # A weight that stands alone keeps all 127 steps.
    assert pair_safe_range(np.array([0.5, 0.0, -0.5])) == pytest.approx(0.5)
    assert pair_safe_range(np.array([0.25, -0.5, -0.75])) == pytest.approx(1.25)
    assert pairs_are_safe(np.array([[64, 64, -127], [64, 65, 0], [-64, -65, 1]])).tolist() == [True, False, False]


def test_a_weight_makes_good_what_rounding_took_from_its_like():
    # Two inputs that are always equal: 0.4 + 0.4 steps are best kept as one and none, not as none and none.
    alike = compensation(np.ones((2, 2)))
    assert round_rows(np.array([[0.4, 0.4]]), np.array([1.0]), alike).sum() == 1
    # Two that have nothing to do with each other are rounded each to the nearest.
    apart = compensation(np.eye(2))
    assert round_rows(np.array([[0.4, 0.4]]), np.array([1.0]), apart).tolist() == [[0, 0]]


def test_moments_are_those_of_the_inputs():
    known = Moments()
    known.add(np.array([[[1.0, 3.0], [2.0, 2.0]]]))
    assert known.mean.tolist() == [[2, 2]]
    assert known.covariance.tolist() == [[[1, 0], [0, 0]]]


def test_the_bias_takes_the_mean_of_what_rounding_changed():
    model, image = two_layers(), np.full((1, 1, 4, 4), 2, np.float32)
    moments = input_moments(model, ["first", "second"], Fed(image))
    assert moments["b"].mean == pytest.approx(np.array([[3, 0.02]]))
    # Steps of 0.6: the weights 1 and 1 become 1.2, of inputs that are 3 and 0.02 everywhere.
    scales = {"b": [{"axis": 0, "scale": 0.6, "zero_point": 0}]}
    round_weights(model, scales, {"b": moments["b"]})
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    assert values["b"].reshape(-1) == pytest.approx([1.2, 1.2])
    assert values["b-bias"] == pytest.approx([-0.2 * 3.02])
