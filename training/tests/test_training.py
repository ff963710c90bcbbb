"""Two iterations, export, and the same answer from onnxruntime, on drawn discs."""

import cv2
import numpy as np
import onnxruntime
import torch

from augment import SMALLEST_AREA_PX, training_crop
from dataset import LabelledImage, to_sem_polarity
from export import OUTPUTS, compare, export
from losses import confidence_loss, mask_targets, training_losses
from network import MaskRCNN
from train import truth_of


def discs(size: int, seed: int) -> LabelledImage:
    rng = np.random.default_rng(seed)
    image = np.full((size, size), 60, np.uint8)
    labels = np.zeros((size, size), np.int32)
    for i in range(12):
        centre = tuple(int(v) for v in rng.integers(20, size - 20, 2))
        cv2.circle(image, centre, 14, int(rng.integers(140, 230)), -1)
        cv2.circle(labels, centre, 14, i + 1, -1)
    return LabelledImage("drawn", str(seed), image, labels)


def test_a_crop_numbers_its_particles_and_drops_dust():
    pool = {"drawn": [discs(512, 1)]}
    for seed in range(20):
        image, labels = training_crop(pool, {"drawn": 1.0}, [], 128, np.random.default_rng(seed))
        assert image.dtype == np.float32 and image.min() >= 0 and image.max() <= 1
        areas = np.bincount(labels.ravel())[1:]
        assert (areas >= SMALLEST_AREA_PX).all()


def test_dark_particles_are_turned_bright():
    sample = discs(128, 2)
    assert (to_sem_polarity(255 - sample.image, sample.labels) == sample.image).all()
    assert (to_sem_polarity(sample.image, sample.labels) == sample.image).all()


def test_mask_targets_of_half_a_box_are_half_full():
    labels = torch.zeros(40, 40, dtype=torch.long)
    labels[:, :20] = 3
    targets = mask_targets(labels, torch.tensor([[6.0, 6, 34, 34]]), torch.tensor([3]))
    assert torch.equal(targets[0, 0], torch.cat([torch.ones(14), torch.zeros(14)]))


def test_the_confidence_loss_prefers_near_bins():
    target = torch.tensor([5])
    near, far = torch.full((1, 6), -4.0), torch.full((1, 6), -4.0)
    near[0, 4], far[0, 0] = 4, 4
    assert confidence_loss(near, target) < confidence_loss(far, target)


def test_two_iterations_then_the_export_gives_what_torch_gives(tmp_path):
    torch.manual_seed(1)
    model = MaskRCNN()
    model.backbone.load_imagenet()
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), 1e-4)
    samples = [discs(128, seed) for seed in (3, 4)]
    images = torch.stack([torch.from_numpy(s.image.astype(np.float32) / 255)[None] for s in samples])
    for _ in range(2):
        losses = training_losses(model, images, [truth_of(s.labels) for s in samples])
        assert all(torch.isfinite(loss) for loss in losses.values())
        optimiser.zero_grad()
        sum(losses.values()).backward()
        optimiser.step()

    path = tmp_path / "model.onnx"
    export(model, path)
    assert compare(model, path, images[:1, :, :96].numpy()) < 1e-4
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    boxes, scores, bins, masks = session.run(OUTPUTS, {"image": images[:1].numpy()})
    assert masks.shape == (len(boxes), 1, 28, 28) and bins.shape == (len(scores), 6)
    assert np.allclose(bins.sum(1), 1, atol=1e-5)
