"""Which particle each anchor and each proposed region shows, and which of them are learnt from.

What nobody labelled in a partly labelled image is neither particle nor ground: no negative is taken from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn import functional as F

import boxes as bx

ANCHORS_SAMPLED = 256
REGIONS_SAMPLED = 128
POSITIVE_REGIONS = 48
LEAST_OVERLAP = 0.1  # under this IoU an anchor is not even the best that a particle has
PAIRS_AT_ONCE = 2_000_000  # of an anchor and a particle: 32 MB for their boxes
UNKNOWN_SHARE = 0.3  # a box with more than this on unlabelled ground teaches nothing of ground


@dataclass(frozen=True)
class Truth:
    """One image's particles: `labels` [H, W] with 1..n, `boxes` [n, 4], `areas_px` [n].

    `certain` [n] is the verdict on each: 1 certain, 0 uncertain, nan where nobody gave one.
    `unknown` [H, W] is where nobody labelled anything; None: nowhere.
    """

    labels: torch.Tensor
    boxes: torch.Tensor
    areas_px: torch.Tensor
    certain: torch.Tensor | None = None
    unknown: torch.Tensor | None = None

    def to(self, device: torch.device) -> "Truth":
        values = (self.labels, self.boxes, self.areas_px, self.certain, self.unknown)
        return Truth(*(None if v is None else v.to(device, non_blocking=True) for v in values))

    def may_be_ground(self, boxes: torch.Tensor) -> torch.Tensor:
        """Whether each box [N, 4] lies where the image is labelled, so that no particle there means ground."""
        if self.unknown is None:
            return torch.ones(len(boxes), dtype=torch.bool, device=boxes.device)
        summed = F.pad(self.unknown.double().cumsum(0).cumsum(1), (1, 0, 1, 0))
        height, width = self.unknown.shape
        left, right = (boxes[:, i].round().long().clamp(0, width) for i in (0, 2))
        top, bottom = (boxes[:, i].round().long().clamp(0, height) for i in (1, 3))
        unknown = summed[bottom, right] - summed[top, right] - summed[bottom, left] + summed[top, left]
        return unknown <= UNKNOWN_SHARE * ((right - left) * (bottom - top)).clamp(min=1)


@dataclass(frozen=True)
class Grid:
    """The anchors [rows * columns * ratios, 4] of one pyramid level."""

    anchors: torch.Tensor
    rows: int
    columns: int
    stride: int
    size_px: float

    @staticmethod
    def of(level: torch.Tensor, stride: int, size_px: float) -> "Grid":
        return Grid(bx.anchors_of(level, stride, size_px), level.shape[2], level.shape[3], stride, size_px)

    def overlaps(self, truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Anchor, particle and IoU of every pair that overlaps by LEAST_OVERLAP or more.

        Only particles whose area is that near to an anchor's can, and only anchors beside them: of the
        200,000 anchors of a crop of 896 px each particle meets some hundreds.
        """
        areas = bx.areas(truth)
        near = torch.nonzero((areas >= LEAST_OVERLAP * self.size_px**2) & (areas * LEAST_OVERLAP <= self.size_px**2))[:, 0]
        if len(near) == 0:
            return near, near, areas[near]
        ratios = len(bx.ANCHOR_RATIOS)
        reach = (truth[near, 2:] - truth[near, :2] + self.size_px * max(bx.ANCHOR_RATIOS) ** 0.5) / 2
        first = (((truth[near, 2:] + truth[near, :2]) / 2 - reach) / self.stride - 0.5).floor().long()
        steps = torch.arange(int(2 * reach.max() / self.stride) + 3, device=truth.device)
        found = []
        for here in torch.arange(len(near), device=truth.device).split(max(1, PAIRS_AT_ONCE // (ratios * len(steps) ** 2))):
            column, row = first[here, :1] + steps, first[here, 1:] + steps
            inside = ((row >= 0) & (row < self.rows))[:, :, None] & ((column >= 0) & (column < self.columns))[:, None]
            which, i, j = torch.nonzero(inside, as_tuple=True)
            cell = row[which, i] * self.columns + column[which, j]
            anchor = (cell[:, None] * ratios + torch.arange(ratios, device=truth.device)).flatten()
            particle = near[here][which].repeat_interleave(ratios)
            overlap = _iou_of_pairs(self.anchors[anchor], truth[particle])
            enough = overlap >= LEAST_OVERLAP
            found.append((anchor[enough], particle[enough], overlap[enough]))
        return tuple(torch.cat(part) for part in zip(*found, strict=True))


def _iou_of_pairs(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    sides = torch.minimum(a[:, 2:], b[:, 2:]) - torch.maximum(a[:, :2], b[:, :2])
    overlap = sides.clamp(min=0).prod(1)
    return overlap / (bx.areas(a) + bx.areas(b) - overlap).clamp(min=1e-6)


def match_anchors(grids: Sequence[Grid], truth: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """1 over IoU 0.7 or best for some particle, 0 under 0.3, -1 between; and the particle."""
    found, start = [], 0
    for grid in grids:
        anchor, particle, overlap = grid.overlaps(truth)
        found.append((anchor + start, particle, overlap))
        start += len(grid.anchors)
    anchor, particle, overlap = (torch.cat(part) for part in zip(*found, strict=True))
    best = truth.new_zeros(start).scatter_reduce(0, anchor, overlap, "amax")
    reached = truth.new_ones(len(truth)).mul(LEAST_OVERLAP).scatter_reduce(0, particle, overlap, "amax")
    label = torch.full_like(best, -1)
    label[best < 0.3] = 0
    label[best >= 0.7] = 1
    label[anchor[overlap >= reached[particle] - 1e-4]] = 1
    matched = torch.zeros_like(best, dtype=torch.long)
    nearest = overlap == best[anchor]
    matched[anchor[nearest]] = particle[nearest]
    return label, matched


def sample_anchors(grids: Sequence[Grid], truth: Truth) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Anchors to learn from, showing a particle and not, and the particle of each of the first."""
    label, matched = match_anchors(grids, truth.boxes)
    positive = choose(torch.nonzero(label == 1)[:, 0], ANCHORS_SAMPLED // 2)
    every = torch.cat([grid.anchors for grid in grids])
    ground = torch.nonzero((label == 0) & truth.may_be_ground(every))[:, 0]
    return positive, choose(ground, ANCHORS_SAMPLED - len(positive)), matched[positive]


@dataclass(frozen=True)
class Sampled:
    """Regions [R, 4] and the index of the particle each one shows, -1 for ground."""

    boxes: torch.Tensor
    matched: torch.Tensor

    def positive(self) -> "Sampled":
        return Sampled(self.boxes[self.matched >= 0], self.matched[self.matched >= 0])


def sample_regions(proposals: torch.Tensor, truth: Truth) -> Sampled:
    """Regions to learn from, of those proposed [R, 4] and of the particles' own boxes."""
    regions = torch.cat([proposals, truth.boxes])
    ground = truth.may_be_ground(regions)
    if len(truth.boxes) == 0:
        chosen = choose(torch.nonzero(ground)[:, 0], REGIONS_SAMPLED)
        return Sampled(regions[chosen], torch.full_like(chosen, -1))
    best, matched = bx.iou(regions, truth.boxes).max(1)
    matched = torch.where(best >= 0.5, matched, -1)
    positive = choose(torch.nonzero(matched >= 0)[:, 0], POSITIVE_REGIONS)
    negative = choose(torch.nonzero((matched < 0) & ground)[:, 0], REGIONS_SAMPLED - len(positive))
    chosen = torch.cat([positive, negative])
    return Sampled(regions[chosen], matched[chosen])


def choose(indices: torch.Tensor, most: int) -> torch.Tensor:
    """At random not more than ``most`` of them."""
    if len(indices) <= most:
        return indices
    return indices[torch.randperm(len(indices), device=indices.device)[:most]]
