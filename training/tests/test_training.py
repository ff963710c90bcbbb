"""Two iterations, export, and the same answer from onnxruntime, on drawn discs."""

import cv2
import numpy as np
import onnxruntime
import pytest
import torch

from dataset import Fold, LabelledImage, to_sem_polarity
from export import OUTPUTS, compare, export
from heads import CONFIDENCE_LOSSES, FINE_SIDE
from losses import _proposals, confidence_loss, mask_targets, training_losses
from matching import Truth
from network import Limits, MaskRCNN
from samples import truth_of
from train import autocast_of, keep_batch_statistics
from verdicts import best_overlaps


def discs(size: int, seed: int) -> LabelledImage:
    rng = np.random.default_rng(seed)
    image = np.full((size, size), 60, np.uint8)
    labels = np.zeros((size, size), np.int32)
    for i in range(12):
        centre = tuple(int(v) for v in rng.integers(20, size - 20, 2))
        cv2.circle(image, centre, 14, int(rng.integers(140, 230)), -1)
        cv2.circle(labels, centre, 14, i + 1, -1)
    return LabelledImage("drawn", str(seed), image, labels, np.array([np.nan] + [1, 0] * 6, np.float32))


def test_dark_particles_are_turned_bright():
    sample = discs(128, 2)
    assert (to_sem_polarity(255 - sample.image, sample.labels) == sample.image).all()
    assert (to_sem_polarity(sample.image, sample.labels) == sample.image).all()


def test_mask_targets_of_half_a_box_are_half_full():
    labels = torch.zeros(40, 40, dtype=torch.long)
    labels[:, :20] = 3
    targets = mask_targets(labels, torch.tensor([[6.0, 6, 34, 34]]), torch.tensor([3]))
    assert torch.equal(targets[0, 0], torch.cat([torch.ones(14), torch.zeros(14)]))


def test_every_confidence_loss_prefers_near_bins():
    near, far = torch.full((1, 6), -4.0), torch.full((1, 6), -4.0)
    near[0, 5], far[0, 0] = 4, 4
    for name in CONFIDENCE_LOSSES:
        of = []
        for logits in (near, far):
            torch.manual_seed(1)  # the noise of the targets is the same for both
            of.append(confidence_loss(logits, torch.ones(1), name))
        assert of[0] < of[1]


def test_a_fold_leaves_each_image_out_of_exactly_one_run():
    names = [f"{i:08x}" for i in range(50)]
    assert all(sum(Fold(k, 3).holds(name) for k in range(3)) == 1 for name in names)


def test_a_particle_found_again_is_certain():
    sample = discs(512, 1)
    rows, columns = slice(0, 512), slice(0, 512)
    found = [(rows, columns, sample.labels == 3)]
    assert best_overlaps(sample, found)[3] == 1 and best_overlaps(sample, found)[4] == 0


def test_a_training_that_goes_on_may_keep_its_batch_statistics():
    model = MaskRCNN().train()
    keep_batch_statistics(model)
    before = {name: value.clone() for name, value in model.named_buffers()}
    training_losses(model, torch.rand(1, 1, 128, 128), [truth_of(discs(128, 5))])
    assert before and all(torch.equal(value, before[name]) for name, value in model.named_buffers())


def test_sixteen_bits_are_used_where_the_processor_has_units_for_them(monkeypatch):
    for units, wanted in (({"avx512_bf16": True}, True), ({"amx_bf16": True}, True), ({"avx2": True}, False)):
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda units=units: units)
        with autocast_of(torch.device("cpu")):
            assert torch.is_autocast_enabled("cpu") == wanted


def test_a_crop_where_nothing_is_labelled_has_losses_without_regions():
    unknown = torch.ones(128, 128, dtype=torch.bool)
    truth = Truth(torch.zeros(128, 128, dtype=torch.long), torch.zeros(0, 4), torch.zeros(0), None, unknown)
    losses = training_losses(MaskRCNN().train(), torch.rand(2, 1, 128, 128), [truth, truth])
    assert all(torch.isfinite(loss) for loss in losses.values())


def test_a_network_that_is_sure_of_nothing_still_proposes_regions():
    anchors = torch.tensor([[x, 0.0, x + 10, 10] for x in range(0, 100, 20)])
    logits, offsets = torch.full((5,), -9.0), torch.zeros(5, 4)
    found = _proposals(torch.zeros(1, 1, 64, 128), logits, offsets, anchors, [5], MaskRCNN())
    assert len(found) == 5  # all of one score, far under the floor


def test_the_first_blocks_of_the_backbone_can_be_kept_as_they_are():
    backbone = MaskRCNN().backbone
    backbone.freeze_start(2)
    learning = [all(p.requires_grad for p in block.parameters()) for block in backbone._blocks]
    assert learning == [False, False] + [True] * 14
    assert not any(p.requires_grad for p in (*backbone._conv_stem.parameters(), *backbone._bn0.parameters()))


def test_two_iterations_then_the_export_gives_what_torch_gives(tmp_path):
    torch.manual_seed(1)
    model = MaskRCNN(Limits(proposals=100, proposal_floor=0.0, detection_floor=0.0))
    model.backbone.load_imagenet()
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), 1e-4)
    samples = [discs(128, seed) for seed in (3, 4)]
    images = torch.stack([torch.from_numpy(s.image.astype(np.float32) / 255)[None] for s in samples])
    for _ in range(2):
        losses = training_losses(model, images, [truth_of(s) for s in samples])
        assert all(torch.isfinite(loss) for loss in losses.values())
        optimiser.zero_grad()
        sum(losses.values()).backward()
        optimiser.step()

    path = tmp_path / "model.onnx"
    export(model, path)
    assert compare(model, path, images[:1, :, :96].numpy()) < 1e-4
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    boxes, scores, bins, masks, use = session.run(OUTPUTS, {"image": images[:1].numpy()})
    assert len(boxes) > 0 and masks.shape == (len(boxes), 1, FINE_SIDE, FINE_SIDE)
    assert bins.shape == (len(scores), 6)
    assert np.allclose(bins.sum(1), 1, atol=1e-5)
    assert len(use) == 7 and use[-1] == pytest.approx(len(boxes) / model.limits.detections)


def test_a_limit_that_is_reached_is_told():
    torch.manual_seed(1)
    few = Limits(proposals_a_level=4, proposals=3, proposal_floor=0.0, detections=2, detection_floor=0.0)
    with torch.no_grad():
        *_, use = MaskRCNN(few).eval()(torch.rand(1, 1, 128, 192))
    # Over a floor of 0 stand all anchors: 32 x 48 places of 3 on the finest level, 2 x 3 of 3 on the coarsest.
    assert use.tolist() == pytest.approx([1152, 288, 72, 18, 4.5, 1, 1])
