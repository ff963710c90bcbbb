"""A piece of a labelled micrograph at the size that training sees, and several of them put together."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from dataset import LabelledImage

SMALLEST_AREA_PX = 24  # smaller ones are dust: seen, not counted
STRETCH = 0.12  # log of the largest change of each side: particles of other aspect ratios


@dataclass(frozen=True)
class Crop:
    """``image`` [H, W] float32 in [0, 1], ``labels`` [H, W] int32, ``certain`` [largest label + 1].

    ``unknown`` [H, W] bool is where nobody labelled anything.
    """

    image: np.ndarray
    labels: np.ndarray
    certain: np.ndarray
    unknown: np.ndarray


def window(
    sample: LabelledImage, high: int, wide: int, scales: tuple[float, float], rng: np.random.Generator, everywhere=False
) -> Crop:
    """A window of the image at a random scale, ``high`` x ``wide``; never larger than the image itself.

    Six in ten look at a particle, unless they shall look ``everywhere`` alike.
    """
    height, width = sample.image.shape
    stretch = np.exp(rng.uniform(-STRETCH, STRETCH))
    scale = max(np.exp(rng.uniform(*np.log(scales))), high * stretch / height, wide / stretch / width)
    rows, columns = min(height, round(high / scale * stretch)), min(width, round(wide / scale / stretch))
    top, left = rng.integers(height - rows + 1), rng.integers(width - columns + 1)
    if not everywhere and rng.random() < 0.6:
        ys, xs = rng.integers(height, size=64), rng.integers(width, size=64)
        hits = np.flatnonzero(sample.labels[ys, xs])
        if len(hits):
            y, x = ys[hits[0]], xs[hits[0]]
            top = int(np.clip(y - rng.integers(rows), 0, height - rows))
            left = int(np.clip(x - rng.integers(columns), 0, width - columns))
    return cut(sample, slice(top, top + rows), slice(left, left + columns), high, wide)


def cut(sample: LabelledImage, rows: slice, columns: slice, high: int, wide: int) -> Crop:
    """Part of an image, scaled to ``high`` x ``wide``."""
    part = sample.image[rows, columns]
    way = cv2.INTER_AREA if part.shape[0] > high else cv2.INTER_LINEAR
    image = cv2.resize(part, (wide, high), interpolation=way).astype(np.float32) / 255
    labels = cv2.resize(sample.labels[rows, columns], (wide, high), interpolation=cv2.INTER_NEAREST).astype(np.int32)
    unknown = cv2.resize(sample.unknown[rows, columns].astype(np.uint8), (wide, high), interpolation=cv2.INTER_NEAREST)
    return Crop(image, labels, sample.certain, unknown > 0)


def joined(size: int, parts: Sequence[tuple[int, int, Crop]]) -> Crop:
    """A crop of ``size`` x ``size`` of parts that cover it, each at its top and left; every part keeps its particles."""
    image = np.empty((size, size), np.float32)
    labels, unknown = np.zeros((size, size), np.int32), np.zeros((size, size), bool)
    offset = 0
    for top, left, part in parts:
        here = slice(top, top + part.image.shape[0]), slice(left, left + part.image.shape[1])
        image[here], unknown[here] = part.image, part.unknown
        labels[here] = np.where(part.labels > 0, part.labels + offset, 0)
        offset += len(part.certain)
    return Crop(image, labels, np.concatenate([part.certain for _, _, part in parts]), unknown)


def turned(crop: Crop, rng: np.random.Generator) -> Crop:
    """Turned by quarters, and half of them mirrored."""
    turns, mirrored = int(rng.integers(4)), rng.random() < 0.5

    def turn(values: np.ndarray) -> np.ndarray:
        values = np.rot90(values, turns)
        return np.ascontiguousarray(values[:, ::-1] if mirrored else values)

    return Crop(turn(crop.image), turn(crop.labels), crop.certain, turn(crop.unknown))


def without_dust(crop: Crop) -> Crop:
    """Renumbers 1..n and drops what is smaller than the smallest counted particle."""
    areas = np.bincount(crop.labels.ravel(), minlength=len(crop.certain))
    keep = areas >= SMALLEST_AREA_PX
    keep[0] = False
    renumber = np.zeros(len(areas), np.int32)
    renumber[keep] = np.arange(1, keep.sum() + 1)
    certain = np.concatenate([[np.nan], crop.certain[keep]]).astype(np.float32)
    return Crop(crop.image, renumber[crop.labels], certain, crop.unknown)
