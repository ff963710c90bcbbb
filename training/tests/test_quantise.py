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
        boxes, scores, bins, masks = session.run(OUTPUTS, {"image": image})
        assert len(boxes) == len(scores) == len(bins) == len(masks) > 0
        best.append(np.sort(scores)[::-1][:10].mean())
    assert best[1] == pytest.approx(best[0], abs=0.1)
