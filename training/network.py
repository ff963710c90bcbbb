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
from heads import (
    CHANNELS,
    CONFIDENCE_LOSSES,
    FINE_SIDE,
    MASK_SIDE,
    BoxHead,
    DetailHead,
    MaskHead,
    ProposalHead,
    enlarge,
)
from onnx_ops import nms, roi_align, take_top

FIRST_LARGE_LEVEL = 1  # regions of 112 px and wider count as large
MASK_MARGIN = 0.1  # of a box's sides, around it: a box drawn too tight must not cut the outline
STRIDES = (4, 8, 16, 32, 64)
BOX_WEIGHTS = (10.0, 5.0)


@dataclass(frozen=True)
class Limits:
    """How many regions go how far; objectness floors keep sparse images cheap."""

    proposals_a_level: int = 4000
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


class MaskRCNN(nn.Module):
    """Grey image [1, 1, H, W] in [0, 1], sides divisible by 32 -> the particles found in it."""

    def __init__(self, limits: Limits | None = None, confidence: str = CONFIDENCE_LOSSES[0]):
        super().__init__()
        self.limits = limits or Limits()
        self.confidence = confidence  # whose bins a forward pass returns
        self.backbone = Backbone()
        self.pyramid = Pyramid()
        self.proposal_head = ProposalHead()
        self.box_head = BoxHead()
        self.mask_head = MaskHead()
        self.detail_head = DetailHead()

    def features(self, image):
        return self.pyramid(self.backbone(image))

    def forward(self, image):
        """Mask regions [N, 4], scores [N], sem-scores [N, k], masks [N, 1, 56, 56], and the use of limits [7].

        All but regions and use lie in [0, 1]. The use is what there was as a share of what may go on: anchors over
        the floor on each level, proposals, detections. From 1 on something was, or may have been, left out.
        """
        levels = self.features(image)
        proposals, use = self.propose(image, levels)
        regions, proposals = pool_regions(levels, proposals, 7)
        logits, offsets, confidence = self.box_head(regions)
        scores = logits.softmax(1)[:, 1]
        found = bx.clip(bx.decode(offsets, proposals, BOX_WEIGHTS), image)
        limits = self.limits
        kept = nms(found, scores, limits.detection_overlap, limits.detection_floor, limits.detections)
        seen = bx.grow(found[kept], MASK_MARGIN, image)
        regions, found, order = pool_regions(levels, seen, MASK_SIDE // 2, with_order=True)
        kept = kept[order]
        coarse = self.mask_head(regions)
        # Regions come level by level, so the large ones stand last.
        large = torch.nonzero(level_of(found) >= FIRST_LARGE_LEVEL)[:, 0]
        small = torch.nonzero(level_of(found) < FIRST_LARGE_LEVEL)[:, 0]
        details = roi_align(self.detail_head.project(levels[0]), found[large], FINE_SIDE, 1 / STRIDES[0])
        masks = torch.cat([enlarge(coarse[small]), self.detail_head(coarse[large], details)]).sigmoid()
        use = torch.cat([use, share_of(kept, limits.detections)])
        return found, scores[kept], confidence[self.confidence][kept].softmax(1), masks, use

    def propose(self, image, levels):
        """Regions [R, 4] worth a look, best first, and the use [6] of the limits of each level and of all."""
        limits = self.limits
        candidates, logits, use = [], [], []
        for level, stride, size in zip(levels, STRIDES, bx.ANCHOR_SIZES_PX, strict=True):
            objectness, offsets = self.proposal_head(level)
            over = (objectness[0].sigmoid() > limits.proposal_floor).float().sum()[None]
            use.append(over / limits.proposals_a_level)
            top = take_top(objectness[0], limits.proposals_a_level)
            anchors = bx.anchors_of(level, stride, size)[top]
            candidates.append(bx.decode(offsets[0][top], anchors))
            logits.append(objectness[0][top])
        found = bx.clip(torch.cat(candidates), image)
        scores = torch.cat(logits).sigmoid()
        kept = nms(found, scores, limits.proposal_overlap, limits.proposal_floor, limits.proposals)
        return found[kept], torch.cat([*use, share_of(kept, limits.proposals)])


def share_of(kept: torch.Tensor, most: int) -> torch.Tensor:
    """How many there are as a share [1] of how many there may be."""
    return torch.ones_like(kept).float().sum()[None] / most


def level_of(found: torch.Tensor) -> torch.Tensor:
    """Pyramid level 0..3 on which a region is pooled (Lin et al. 2017, equation 1)."""
    side = bx.areas(found).clamp(min=1).sqrt()
    return torch.floor(2 + torch.log2(side / 224) + 1e-6).clamp(min=0).clamp(max=3)


def by_place(found: torch.Tensor) -> torch.Tensor:
    """Order of regions in strips of 32 px: neighbours find their features still in the cache."""
    return (torch.floor(found[:, 1] / 32) * 8192 + found[:, 0]).argsort()


def pool_regions(levels, found, size, with_order=False):
    """Features of each region from its level, and the regions in the order of those features.

    Regions come out level by level: sorting them costs less than scattering features back.
    """
    level = level_of(found)
    pooled, order = [], []
    for i in range(4):
        here = torch.nonzero(level == i)[:, 0]
        here = here[by_place(found[here])]
        pooled.append(roi_align(levels[i][:1].float(), found[here], size, 1 / STRIDES[i]))
        order.append(here)
    order = torch.cat(order)
    if with_order:
        return torch.cat(pooled), found[order], order
    return torch.cat(pooled), found[order]
