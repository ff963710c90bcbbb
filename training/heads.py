"""The network's heads: proposals, boxes with confidence, masks, fine outlines."""

import torch
from torch import nn
from torch.nn import functional as F

import boxes as bx

CHANNELS = 128
MASK_CHANNELS = 64
DETAIL_CHANNELS = 24
MASK_SIDE = 28  # cells a side of every region's mask
FINE_SIDE = 56  # cells a side once the details of a large region are drawn in
BOX_FEATURES = 512
CONFIDENCE_BINS = 6
CONFIDENCE_LOSSES = ("paper", "cross-entropy", "soft-ordinal")


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
    """Two fully connected layers, then objectness (2), box offsets (4), confidence (k bins).

    One confidence layer for each loss on trial: they judge what the others found and shape no
    features, so they are trained side by side, and an export takes the one that calibrates best.
    """

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(CHANNELS * 7 * 7, BOX_FEATURES), nn.ReLU(), nn.Linear(BOX_FEATURES, BOX_FEATURES), nn.ReLU()
        )
        self.objectness = nn.Linear(BOX_FEATURES, 2)
        self.offsets = nn.Linear(BOX_FEATURES, 4)
        self.uncertainty = nn.ModuleDict({name: nn.Linear(BOX_FEATURES, CONFIDENCE_BINS) for name in CONFIDENCE_LOSSES})

    def forward(self, regions):
        """Objectness logits [R, 2], offsets [R, 4], confidence logits {loss: [R, k]}."""
        x = self.layers(regions.flatten(1))
        confidence = {name: layer(x.detach()).float() for name, layer in self.uncertainty.items()}
        return self.objectness(x).float(), self.offsets(x).float(), confidence


class MaskHead(nn.Module):
    """Coarse mask logits [R, 1, 28, 28] of regions pooled at 14 x 14."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            *_conv(CHANNELS, MASK_CHANNELS, 1),
            *(layer for _ in range(3) for layer in _conv(MASK_CHANNELS, MASK_CHANNELS, 3)),
            nn.ConvTranspose2d(MASK_CHANNELS, MASK_CHANNELS, 2, 2),
            nn.ReLU(),
            nn.Conv2d(MASK_CHANNELS, 1, 1),
        )

    def forward(self, regions):
        *layers, up, _, last = self.layers
        for layer in layers:
            regions = layer(regions)
        # The transposed convolution as four 1 x 1 ones side by side, which onnxruntime has in int8;
        # cells are interleaved last, when there is one channel left to move.
        weight = up.weight.permute(2, 3, 1, 0).flatten(0, 2)[..., None, None]
        quarters = F.relu(F.conv2d(regions, weight, up.bias.repeat(4)))
        quarters = F.conv2d(quarters, last.weight.repeat(4, 1, 1, 1), last.bias.repeat(4), groups=4)
        return F.pixel_shuffle(quarters, 2).float()


class DetailHead(nn.Module):
    """Draws the outline of large regions on 56 x 56 cells from the finest level.

    A cell of a 28 x 28 mask on a region 300 px wide is 11 px; what the coarse mask says is
    corrected where the finest features show an edge (after Kirillov et al. 2020, PointRend,
    arXiv 1912.08193, on a full grid instead of chosen points).
    """

    def __init__(self):
        super().__init__()
        self.project = nn.Sequential(*_conv(CHANNELS, DETAIL_CHANNELS, 1))
        self.correct = nn.Sequential(
            *_conv(DETAIL_CHANNELS + 1, DETAIL_CHANNELS, 3),
            *_conv(DETAIL_CHANNELS, DETAIL_CHANNELS, 3),
            nn.Conv2d(DETAIL_CHANNELS, 1, 1),
        )

    def forward(self, coarse, details):
        """Logits [R, 1, 56, 56] from coarse logits [R, 1, 28, 28] and projected features [R, c, 56, 56]."""
        enlarged = enlarge(coarse)
        return enlarged + self.correct(torch.cat([details, enlarged], 1)).float()


def enlarge(coarse: torch.Tensor) -> torch.Tensor:
    """Mask logits on twice as many cells a side."""
    return F.interpolate(coarse, scale_factor=2.0, mode="bilinear", align_corners=False)


def _conv(inputs: int, outputs: int, kernel: int) -> tuple[nn.Module, ...]:
    convolution = nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False)
    return convolution, nn.BatchNorm2d(outputs), nn.ReLU()
