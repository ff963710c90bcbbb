import cv2
import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from test_training import discs

from export import OUTPUTS, export
from network import Limits, MaskRCNN
from quantise import Images, pair_safe_range, quantise

MANIFEST = {"input": {"name": "image", "longestSidePx": 192, "sideMultiplePx": 32}}


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """The same untrained network as exported and in 8 bits."""
    folder = tmp_path_factory.mktemp("networks")
    torch.manual_seed(1)
    model = MaskRCNN(Limits(proposals=50, proposal_floor=0.0, detections=20, detection_floor=0.0))
    model.backbone.load_imagenet()
    export(model, folder / "exported.onnx")
    for seed in (1, 2):
        cv2.imwrite(str(folder / f"{seed}.png"), discs(160, seed).image)
    quantise(folder / "exported.onnx", Images(folder, MANIFEST), folder / "quantised.onnx")
    return folder / "exported.onnx", folder / "quantised.onnx"


def test_images_are_scaled_to_the_longest_side_and_padded(tmp_path):
    cv2.imwrite(str(tmp_path / "wide.png"), np.full((100, 384), 51, np.uint8))
    images = Images(tmp_path, MANIFEST)
    fed = images.get_next()["image"]
    assert fed.shape == (1, 1, 64, 192) and fed.dtype == np.float32  # 100 / 2 = 50, padded to 64
    assert np.allclose(fed, 51 / 255)
    assert images.get_next() is None


def test_eight_bits_take_a_third_of_the_space_or_less(networks):
    exported, quantised = networks
    assert quantised.stat().st_size < exported.stat().st_size / 3


def test_what_a_user_reads_and_where_an_image_enters_stay_in_floating_point(networks):
    graph = onnx.load(networks[1]).graph
    made_by = {output: node for node in graph.node for output in node.output}
    weights = {node.name: made_by.get(node.input[1]) for node in graph.node if node.op_type in ("Conv", "Gemm")}
    floating = {name for name, weight in weights.items() if weight is None}
    read = {f"/box_head/{part}/Gemm" for part in ("objectness", "offsets", "paper")}
    first = {"_conv_stem", "_blocks.0/_depthwise_conv", "_blocks.0/_project_conv"}
    assert floating == read | {f"/backbone/{part}/Conv" for part in first}


def test_the_eight_bit_network_scores_its_regions_alike(networks):
    image = discs(160, 3).image.astype(np.float32)[None, None] / 255
    best = []
    for path in networks:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        boxes, scores, bins, masks, _ = session.run(OUTPUTS, {"image": image})
        assert len(boxes) == len(scores) == len(bins) == len(masks) > 0
        best.append(np.sort(scores)[::-1][:10].mean())
    assert best[1] == pytest.approx(best[0], abs=0.1)


def test_the_two_largest_weights_of_a_channel_share_128():
    # 0.5 and 0.5 are to sum to 127 before each is rounded, so that the scale is 1 / 127 and both become 64.
    assert pair_safe_range(np.array([0.5, 0.5, -0.1])) == pytest.approx(1.0)
    # A weight that stands alone keeps all 127 steps.
    assert pair_safe_range(np.array([0.5, 0.0, -0.5])) == pytest.approx(0.5)
    assert pair_safe_range(np.array([0.25, -0.5, -0.75])) == pytest.approx(1.25)


def test_no_pair_of_products_exceeds_16_bits(networks):
    graph = onnx.load(networks[1]).graph
    values = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {node.output[0]: values.get(node.input[0]) for node in graph.node if node.op_type == "DequantizeLinear"}
    checked = 0
    for node in graph.node:
        eight_bit = weights.get(node.input[1]) if node.op_type in ("Conv", "Gemm") else None
        if eight_bit is None or eight_bit.dtype != np.int8:
            continue
        channels = np.sort(eight_bit.astype(int).reshape(len(eight_bit), -1), axis=1)
        assert 255 * channels[:, -2:].clip(min=0).sum(1).max() <= 32_767, node.name
        assert -255 * channels[:, :2].clip(max=0).sum(1).min() <= 32_767, node.name
        checked += 1
    assert checked > 80
