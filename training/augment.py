"""Training samples: windows, whole images, mosaics and bare ground, changed as desktop SEMs change them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from appearance import photometric
from crop import Crop, cut, joined, turned, window, without_dust
from dataset import LabelledImage
from grounds import bare, grounds_of, onto_ground

SCALE_RANGE = (0.3, 2.6)
MOSAIC_SCALE_RANGE = (0.3, 0.8)
SMALLEST_CELL_PX = 192  # of a mosaic: more cells a side only where the crop is large enough
NARROWEST_STRIP_PX = 96  # beside a whole image: what is narrower is cut off its other side instead
KINDS = {"bare": 0.05, "mosaic": 0.25, "whole": 0.3, "window": 0.4}  # shares of the samples
BARE_CELLS = 0.12  # of a mosaic's cells


@dataclass(frozen=True)
class Pool:
    """The images of each source, the share of samples that each gives, and grounds without particles."""

    images: dict[str, Sequence[LabelledImage]]
    shares: dict[str, float]
    grounds: Sequence[np.ndarray] = ()

    @staticmethod
    def of(images: dict[str, Sequence[LabelledImage]], shares: dict[str, float]) -> "Pool":
        return Pool(images, shares, grounds_of(images))

    def pick(self, rng: np.random.Generator) -> LabelledImage:
        names = list(self.shares)
        share = np.array([self.shares[name] for name in names])
        images = self.images[names[rng.choice(len(names), p=share / share.sum())]]
        return images[int(rng.integers(len(images)))]


def training_crop(pool: Pool, size: int, rng: np.random.Generator) -> Crop:
    """One training sample of size x size, its particles numbered 1..n."""
    while True:
        crop = photometric(turned(_composed(pool, size, rng), rng), rng)
        crop = without_dust(crop)
        if crop.labels.any() or not crop.unknown.any():
            return crop  # any other would have little to learn from


def _composed(pool: Pool, size: int, rng) -> Crop:
    kind = rng.choice(list(KINDS), p=list(KINDS.values()))
    if kind == "bare":
        ground = bare(pool.pick(rng), pool.grounds, size, size, rng)
        if ground is not None:
            return ground
    if kind == "mosaic":
        most = max(2, min(3, size // SMALLEST_CELL_PX))
        return mosaic(pool, size, int(rng.integers(2, most + 1)), rng)
    if kind == "whole":
        return whole(pool, size, rng)
    crop = window(pool.pick(rng), size, size, SCALE_RANGE, rng)
    if pool.grounds and rng.random() < 0.25:
        crop = replace(crop, image=onto_ground(crop, pool.grounds, rng))
    return crop


def mosaic(pool: Pool, size: int, cells: int, rng: np.random.Generator) -> Crop:
    """Cells x cells windows side by side: small particles, and edges as tile borders make them."""
    edges = [size * i // cells for i in range(cells + 1)]
    parts = []
    for top, bottom in pairwise(edges):
        for left, right in pairwise(edges):
            sample, part = pool.pick(rng), None
            if rng.random() < BARE_CELLS:
                part = bare(sample, pool.grounds, bottom - top, right - left, rng)
            if part is None:
                part = window(sample, bottom - top, right - left, MOSAIC_SCALE_RANGE, rng)
            parts.append((top, left, part))
    return joined(size, parts)


def whole(pool: Pool, size: int, rng: np.random.Generator) -> Crop:
    """A whole image as it is used, its longest side that of the crop, and a strip of another beside it."""
    sample = pool.pick(rng)
    height, width = sample.image.shape
    high, wide = (round(side * size / max(height, width)) for side in (height, width))
    if size - min(high, wide) < NARROWEST_STRIP_PX:
        shorter = min(height, width)
        top, left = rng.integers(height - shorter + 1), rng.integers(width - shorter + 1)
        return cut(sample, slice(top, top + shorter), slice(left, left + shorter), size, size)
    first = cut(sample, slice(None), slice(None), high, wide)
    below = (size - high, size) if high < size else (size, size - wide)
    place = (high, 0) if high < size else (0, wide)
    return joined(size, [(0, 0, first), (*place, window(pool.pick(rng), *below, SCALE_RANGE, rng))])
