import re

import cv2
import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from test_training import discs

from export import OUTPUTS, export
from network import Limits, MaskRCNN
from quantise import Images, quantise

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


def test_only_what_a_user_reads_stays_in_floating_point(networks):
    graph = onnx.load(networks[1]).graph
    made_by = {output: node for node in graph.node for output in node.output}
    weights = {node.name: made_by.get(node.input[1]) for node in graph.node if node.op_type in ("Conv", "Gemm")}
    floating = {name for name, weight in weights.items() if weight is None}
    assert floating == {f"/box_head/{part}/Gemm" for part in ("objectness", "offsets", "paper")}


def test_integers_and_floating_point_agree_in_every_bit_before_the_regions(networks):
    model = onnx.load(networks[1])
    values = {tensor.name for tensor in model.graph.initializer}
    inner = [
        node.output[0]
        for node in model.graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] not in values
        if re.search("backbone|pyramid|proposal", node.output[0])
    ]
    assert len(inner) > 80
    model.graph.output.extend(onnx.helper.make_empty_tensor_value_info(name) for name in inner)
    image = discs(160, 3).image.astype(np.float32)[None, None] / 255
    found = []
    for floating in ("0", "1"):
        options = onnxruntime.SessionOptions()
        options.add_session_config_entry("session.disable_quant_qdq", floating)
        session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        found.append(session.run([*OUTPUTS, *inner], {"image": image}))
    for name, whole, real in zip([*OUTPUTS, *inner], *found, strict=True):
        if name in inner:
            assert np.array_equal(whole, real), name
        else:
            assert np.allclose(whole, real, atol=1e-3), name


def test_activations_have_powers_of_two_for_scales(networks):
    graph = onnx.load(networks[1]).graph
    values = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    scales = [values[node.input[1]] for node in graph.node if node.op_type == "QuantizeLinear"]
    assert len(scales) > 80
    assert all(np.frexp(scale)[0] == 0.5 for scale in scales)


def test_the_eight_bit_network_scores_its_regions_alike(networks):
    image = discs(160, 3).image.astype(np.float32)[None, None] / 255
    best = []
    for path in networks:
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        boxes, scores, bins, masks, _ = session.run(OUTPUTS, {"image": image})
        assert len(boxes) == len(scores) == len(bins) == len(masks) > 0
        best.append(np.sort(scores)[::-1][:10].mean())
    assert best[1] == pytest.approx(best[0], abs=0.1)


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
