import numpy as np
import torch
from test_training import discs

from predict_unet import components, load, segment
from samples import truth_of
from unet import UNet, gaps, unet_losses


def test_touching_particles_are_parted_where_they_touch():
    labels = torch.zeros(1, 8, 12, dtype=torch.long)
    labels[:, 2:6, 2:5], labels[:, 2:6, 5:9] = 1, 2  # they share the border between columns 4 and 5
    parted = torch.zeros(8, 12, dtype=torch.bool)
    parted[2:6, 4:6] = True
    assert torch.equal(gaps(labels)[0], parted)


def test_components_under_24_pixels_are_dust():
    particle = np.zeros((40, 40), bool)
    particle[1:6, 1:6] = particle[10:33, 20] = particle[20:30, 30:35] = True  # 25, 23 and 50 pixels
    assert np.bincount(components(particle).ravel()).tolist() == [1600 - 25 - 50, 25, 50]


def test_training_brings_the_map_nearer_to_the_truth():
    torch.manual_seed(1)
    model = UNet()
    model.backbone.load_imagenet()
    model.train()
    optimiser = torch.optim.AdamW(model.parameters(), 1e-3)
    sample = discs(128, 3)
    image = torch.from_numpy(sample.image.astype(np.float32) / 255)[None, None]
    history = []
    for _ in range(8):
        losses = unet_losses(model, image, [truth_of(sample)])
        history.append({name: loss.item() for name, loss in losses.items()})
        optimiser.zero_grad()
        sum(losses.values()).backward()
        optimiser.step()
    assert history[-1]["foreground"] < history[0]["foreground"]
    assert history[-1]["dice"] < history[0]["dice"]


def test_images_of_any_size_get_labels_of_their_own_size(tmp_path):
    torch.save({"model": UNet().state_dict()}, tmp_path / "checkpoint.pt")
    model = load(tmp_path)
    rng = np.random.default_rng(1)
    for height, width in ((33, 70), (64, 64), (45, 1100)):  # the last is shrunk to 960 and back
        image = rng.integers(0, 255, (height, width), dtype=np.uint8)
        labels = segment(model, image)
        assert labels.shape == image.shape and labels.dtype == np.uint16
