"""The uncertainty-aware Mask R-CNN: one forward pass for training, one for a single image.

He et al. 2017 (arXiv 1703.06870) without the class head, with the uncertainty head of the
paper that the project implements: k bins of confidence beside objectness.
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional as F

import boxes as bx
from backbone import TAPS, Backbone
from onnx_ops import nms, roi_align, take_top

CHANNELS = 128
MASK_CHANNELS = 96
BOX_FEATURES = 512
CONFIDENCE_BINS = 6
STRIDES = (4, 8, 16, 32, 64)
BOX_WEIGHTS = (10.0, 5.0)


@dataclass(frozen=True)
class Limits:
    """How many regions go how far; objectness floors keep sparse images cheap."""

    proposals_a_level: int = 1000
    proposals: int = 1000
    proposal_floor: float = 0.6
    proposal_overlap: float = 0.7
    detections: int = 1500
    detection_floor: float = 0.3
    detection_overlap: float = 0.6


class Pyramid(nn.Module):
    """Feature pyramid (Lin et al. 2017) with separable output convolutions, five levels."""

    def __init__(self):
        super().__init__()
        self.lateral = nn.ModuleList(
            nn.Sequential(nn.Conv2d(c, CHANNELS, 1, bias=False), nn.BatchNorm2d(CHANNELS)) for c in TAPS.values()
        )
        self.output = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1, groups=CHANNELS, bias=False),
                nn.BatchNorm2d(CHANNELS),
                nn.Conv2d(CHANNELS, CHANNELS, 1, bias=False),
                nn.BatchNorm2d(CHANNELS),
                nn.ReLU(),
            )
            for _ in TAPS
        )

    def forward(self, taps):
        merged = [lateral(tap) for lateral, tap in zip(self.lateral, taps, strict=True)]
        for i in range(len(merged) - 2, -1, -1):
            merged[i] = merged[i] + F.interpolate(merged[i + 1], scale_factor=2.0, mode="nearest")
        levels = [output(x) for output, x in zip(self.output, merged, strict=True)]
        return [*levels, F.max_pool2d(levels[-1], 1, 2)]


class ProposalHead(nn.Module):
    """Objectness and box offsets of every anchor."""

    def __init__(self):
        super().__init__()
        ratios = len(bx.ANCHOR_RATIOS)
        self.shared = nn.Sequential(
            nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1, groups=CHANNELS),
            nn.Conv2d(CHANNELS, CHANNELS, 1),
            nn.ReLU(),
        )
        self.objectness = nn.Conv2d(CHANNELS, ratios, 1)
        self.offsets = nn.Conv2d(CHANNELS, ratios * 4, 1)
        for layer in (self.objectness, self.offsets):
            nn.init.normal_(layer.weight, std=0.01)
            nn.init.zeros_(layer.bias)

    def forward(self, level):
        """Logits [B, anchors] and offsets [B, anchors, 4], in the order of `boxes.anchors_of`."""
        x = self.shared(level)
        logits = self.objectness(x).permute(0, 2, 3, 1).flatten(1)
        offsets = self.offsets(x).permute(0, 2, 3, 1)
        return logits.float(), offsets.reshape(offsets.shape[0], -1, 4).float()


class BoxHead(nn.Module):
    """Two fully connected layers, then objectness (2), box offsets (4), confidence (k bins)."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(CHANNELS * 7 * 7, BOX_FEATURES), nn.ReLU(), nn.Linear(BOX_FEATURES, BOX_FEATURES), nn.ReLU()
        )
        self.objectness = nn.Linear(BOX_FEATURES, 2)
        self.offsets = nn.Linear(BOX_FEATURES, 4)
        self.uncertainty = nn.Linear(BOX_FEATURES, CONFIDENCE_BINS)

    def forward(self, regions):
        x = self.layers(regions.flatten(1))
        # The confidence judges what the others found; it does not shape their features.
        confidence = self.uncertainty(x.detach())
        return self.objectness(x).float(), self.offsets(x).float(), confidence.float()


class MaskHead(nn.Module):
    """Four convolutions, one upsampling: mask logits [R, 1, 28, 28]."""

    def __init__(self):
        super().__init__()
        layers = []
        for i in range(4):
            inputs = CHANNELS if i == 0 else MASK_CHANNELS
            layers += [
                nn.Conv2d(inputs, MASK_CHANNELS, 3, padding=1, bias=False),
                nn.BatchNorm2d(MASK_CHANNELS),
                nn.ReLU(),
            ]
        self.layers = nn.Sequential(
            *layers, nn.ConvTranspose2d(MASK_CHANNELS, MASK_CHANNELS, 2, 2), nn.ReLU(), nn.Conv2d(MASK_CHANNELS, 1, 1)
        )

    def forward(self, regions):
        return self.layers(regions).float()


class MaskRCNN(nn.Module):
    """Grey image [1, 1, H, W] in [0, 1], sides divisible by 32 -> the particles found in it."""

    def __init__(self, limits: Limits | None = None):
        super().__init__()
        self.limits = limits or Limits()
        self.backbone = Backbone()
        self.pyramid = Pyramid()
        self.proposal_head = ProposalHead()
        self.box_head = BoxHead()
        self.mask_head = MaskHead()

    def features(self, image):
        return self.pyramid(self.backbone(image))

    def forward(self, image):
        """boxes [N, 4], scores [N], sem-scores [N, k] and masks [N, 1, 28, 28], all but boxes in [0, 1]."""
        levels = self.features(image)
        proposals = self.propose(image, levels)
        regions, proposals = pool_regions(levels, proposals, 7)
        logits, offsets, confidence = self.box_head(regions)
        scores = logits.softmax(1)[:, 1]
        found = bx.clip(bx.decode(offsets, proposals, BOX_WEIGHTS), image)
        limits = self.limits
        kept = nms(found, scores, limits.detection_overlap, limits.detection_floor, limits.detections)
        regions, found, order = pool_regions(levels, found[kept], 14, with_order=True)
        kept = kept[order]
        masks = self.mask_head(regions).sigmoid()
        return found, scores[kept], confidence[kept].softmax(1), masks

    def propose(self, image, levels):
        """Regions [R, 4] worth a look, best first."""
        limits = self.limits
        candidates, logits = [], []
        for level, stride, size in zip(levels, STRIDES, bx.ANCHOR_SIZES_PX, strict=True):
            objectness, offsets = self.proposal_head(level)
            top = take_top(objectness[0], limits.proposals_a_level)
            anchors = bx.anchors_of(level, stride, size)[top]
            candidates.append(bx.decode(offsets[0][top], anchors))
            logits.append(objectness[0][top])
        found = bx.clip(torch.cat(candidates), image)
        scores = torch.cat(logits).sigmoid()
        return found[nms(found, scores, limits.proposal_overlap, limits.proposal_floor, limits.proposals)]


def level_of(found: torch.Tensor) -> torch.Tensor:
    """Pyramid level 0..3 on which a region is pooled (Lin et al. 2017, equation 1)."""
    side = bx.areas(found).clamp(min=1).sqrt()
    return torch.floor(2 + torch.log2(side / 224) + 1e-6).clamp(min=0).clamp(max=3)


def pool_regions(levels, found, size, with_order=False):
    """Features of each region from its level, and the regions in the order of those features.

    Regions come out level by level: sorting them costs less than scattering features back.
    """
    level = level_of(found)
    pooled, order = [], []
    for i in range(4):
        here = torch.nonzero(level == i)[:, 0]
        pooled.append(roi_align(levels[i][:1].float(), found[here], size, 1 / STRIDES[i]))
        order.append(here)
    order = torch.cat(order)
    if with_order:
        return torch.cat(pooled), found[order], order
    return torch.cat(pooled), found[order]
