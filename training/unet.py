"""The paper's comparison: a U-Net on the same encoder as ours, one map of particle against ground.

Ronneberger et al. 2015 (arXiv 1505.04597). As there, touching particles are parted in the target
by a gap of ground that weighs more than other pixels; instances are the map's connected components.
"""

import torch
from torch import nn
from torch.nn import functional as F

from backbone import TAPS, Backbone
from losses import Truth

WIDTHS = (192, 128, 64, 48)  # decoder channels at strides 16, 8, 4 and 2
GAP_WEIGHT = 5.0


class Decoder(nn.Module):
    """One step up: the coarse map at twice its size, joined with the encoder's, convolved twice."""

    def __init__(self, coarse: int, skipped: int, width: int):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(coarse + skipped, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        )

    def forward(self, coarse: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        return self.layers(torch.cat([F.interpolate(coarse, scale_factor=2.0, mode="nearest"), skip], 1))


class UNet(nn.Module):
    """Grey image [B, 1, H, W] in [0, 1], sides divisible by 32 -> logits of particle [B, 1, H, W]."""

    def __init__(self):
        super().__init__()
        self.backbone = Backbone()
        *skipped, deepest = TAPS.values()
        skipped = [*reversed(skipped), 4]  # at stride 2 the image itself, four pixels a place
        coarse = [deepest, *WIDTHS]
        self.decoders = nn.ModuleList(Decoder(c, s, w) for c, s, w in zip(coarse, skipped, WIDTHS, strict=False))
        self.logits = nn.Conv2d(WIDTHS[-1], 1, 1)

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        *skips, x = self.backbone(image)
        skips = [*reversed(skips), F.pixel_unshuffle(image, 2)]
        for decoder, skip in zip(self.decoders, skips, strict=True):
            x = decoder(x, skip)
        return F.interpolate(self.logits(x).float(), scale_factor=2.0, mode="bilinear")


def unet_losses(model: UNet, images: torch.Tensor, truths: list[Truth]) -> dict[str, torch.Tensor]:
    """Losses of a batch [B, 1, H, W]; as for Mask R-CNN, their plain sum is minimised."""
    logits = model(images)[:, 0]
    labels = torch.stack([truth.labels for truth in truths])
    gap = gaps(labels)
    target = ((labels > 0) & ~gap).float()
    weight = 1 + (GAP_WEIGHT - 1) * gap.float()
    found = logits.sigmoid()
    overlap = (2 * (found * target).sum() + 1) / (found.sum() + target.sum() + 1)
    return {
        "foreground": F.binary_cross_entropy_with_logits(logits, target, weight),
        "dice": 1 - overlap,
    }


def gaps(labels: torch.Tensor) -> torch.Tensor:
    """Pixels of a particle that touch another one, of labels [B, H, W]: where the two are parted."""
    own = labels.float()
    others = torch.where(labels > 0, own, torch.inf)  # ground is nobody's neighbour
    highest = F.max_pool2d(own, 3, 1, 1)
    lowest = -F.max_pool2d(-others, 3, 1, 1)
    return (labels > 0) & ((highest > own) | (lowest < own))
