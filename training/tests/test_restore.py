from pathlib import Path

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
from restore import module_of, restore
from weights import WeightsMean, keep_weights, save_checkpoint, weights_of

MANIFEST = {"input": {"name": "image", "longestSidePx": 160, "sideMultiplePx": 32}}
MODELS = Path(__file__).parents[2] / "models"


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """A network whose batch norms do something, and its export in 8 bits."""
    folder = tmp_path_factory.mktemp("exports")
    torch.manual_seed(1)
    model = MaskRCNN(Limits(proposals=50, proposal_floor=0.0, detections=20, detection_floor=0.0))
    model.backbone.load_imagenet()
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.bias, -0.2, 0.2)
            module.running_mean.uniform_(-0.1, 0.1)
    export(model, folder / "exported.onnx")
    cv2.imwrite(str(folder / "1.png"), discs(160, 1).image)
    quantise(folder / "exported.onnx", Images(folder, MANIFEST), folder / "quantised.onnx")
    return model, folder


def test_a_restored_network_answers_as_the_one_that_was_exported(exports):
    model, folder = exports
    restored = restore(folder / "quantised.onnx")
    regions = torch.rand(3, 128, 14, 14)
    image = torch.from_numpy(discs(160, 2).image.astype(np.float32) / 255)[None, None]
    with torch.no_grad():
        pairs = [
            *zip(model.features(image), restored.features(image), strict=True),
            (model.mask_head(regions), restored.mask_head(regions)),
            (model.box_head(regions[:, :, :7, :7])[2]["paper"], restored.box_head(regions[:, :, :7, :7])[2]["paper"]),
        ]
    for before, after in pairs:
        assert (before - after).abs().mean() <= 0.06 * before.abs().mean()


@pytest.mark.parametrize("name", ["low", "high"])
def test_a_shipped_model_is_restored_and_exported_as_what_it_computes(name, tmp_path):
    path = MODELS / name / "model.onnx"
    export(restore(path), tmp_path / "model.onnx")
    image = discs(192, 3).image.astype(np.float32)[None, None] / 255
    found = []
    for file in (path, tmp_path / "model.onnx"):
        session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        boxes, scores, _, _ = session.run(OUTPUTS, {"image": image})
        found.append(sorted(tuple(box.round(-1).tolist()) for box, score in zip(boxes, scores, strict=True) if score > 0.9))
    assert len(found[0]) >= 10
    assert abs(len(found[0]) - len(found[1])) <= 1


def test_the_confidence_on_trial_beside_the_exported_one_starts_from_it(exports):
    heads = restore(exports[1] / "quantised.onnx").box_head.uncertainty
    assert all(torch.equal(head.weight, exports[0].box_head.uncertainty["paper"].weight) for head in heads.values())


def test_a_layer_of_another_size_is_named(exports, tmp_path):
    graph = onnx.load(exports[1] / "quantised.onnx")
    node = next(n for n in graph.graph.node if n.name == "/box_head/offsets/Gemm")
    constant = next(c for c in graph.graph.initializer if c.name == node.input[2])
    constant.CopyFrom(onnx.numpy_helper.from_array(np.zeros(7, np.float32), constant.name))
    onnx.save(graph, tmp_path / "other.onnx")
    with pytest.raises(ValueError, match=r"other.onnx: box_head.offsets.bias is \[7\] in the file, \[4\]"):
        restore(tmp_path / "other.onnx")


def test_the_name_of_a_node_says_whose_weights_it_holds():
    assert module_of("/backbone/_blocks.3/_expand_conv/Conv") == "backbone._blocks.3._expand_conv"
    assert module_of("/pyramid/output.0/output.0.2/Conv") == "pyramid.output.0.2"
    assert module_of("/project/project.0/Conv") == "detail_head.project.0"


def test_weights_kept_in_16_bits_come_back(tmp_path):
    weights = {"layer.weight": torch.randn(4, 4), "norm.num_batches_tracked": torch.tensor(7)}
    keep_weights(tmp_path / "kept.safetensors", weights)
    back = weights_of(tmp_path / "kept.safetensors")
    assert back["layer.weight"].dtype == torch.float32 and back["norm.num_batches_tracked"] == 7
    assert torch.allclose(back["layer.weight"], weights["layer.weight"], rtol=1e-3, atol=1e-6)
    with pytest.raises(ValueError, match=r"layer.weight reaches 100000.0"):
        keep_weights(tmp_path / "kept.safetensors", {"layer.weight": torch.tensor([1e5])})


def test_a_run_that_kept_a_mean_gives_it(tmp_path):
    for kept, wanted in (
        ({"model": {"a": torch.ones(1)}}, 1),
        ({"model": {"a": torch.ones(1)}, "mean": {"a": torch.zeros(1)}}, 0),
    ):
        save_checkpoint(tmp_path, kept)
        assert weights_of(tmp_path)["a"] == wanted


def test_the_mean_of_the_weights_is_of_the_latest_quarter():
    weights = {"a": torch.zeros(1), "count": torch.tensor(0)}
    mean = WeightsMean(weights)
    for step in range(1, 101):
        mean.update({"a": torch.full((1,), float(step)), "count": torch.tensor(step)})
    assert 75 < mean.weights["a"] < 85 and mean.weights["count"] == 100  # a mean of t with weights t ** 3: four fifths
    for _ in range(3000):
        mean.update({"a": torch.full((1,), 5.0), "count": torch.tensor(9)})
    assert mean.weights["a"] == pytest.approx(5.0, abs=0.1)
