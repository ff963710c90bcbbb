"""Random crops of labelled micrographs, changed as desktop SEMs change them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from dataset import LabelledImage

SMALLEST_AREA_PX = 24  # smaller ones are dust: seen, not counted
SCALE_RANGE = (0.3, 2.6)
STRETCH = 0.12  # log of the largest change of each side: particles of other aspect ratios
MOSAIC_SCALE_RANGE = (0.3, 0.8)
LARGEST_HOLE = 0.3  # half the length of a hole or bubble in the tape, as a share of the crop


@dataclass(frozen=True)
class Crop:
    """``image`` [H, W] float32 in [0, 1], ``labels`` [H, W] int32, ``certain`` [largest label + 1]."""

    image: np.ndarray
    labels: np.ndarray
    certain: np.ndarray


def training_crop(
    pool: dict[str, Sequence[LabelledImage]],
    weights: dict[str, float],
    grounds: list[np.ndarray],
    size: int,
    rng: np.random.Generator,
) -> Crop:
    """One training sample of size x size, its particles numbered 1..n."""
    if rng.random() < 0.2:
        crop = _mosaic(pool, weights, size, rng)
    else:
        crop = _crop(_pick(pool, weights, rng), size, SCALE_RANGE, rng)
        if grounds and rng.random() < 0.25:
            crop = replace(crop, image=_onto_ground(crop.image, crop.labels, grounds, rng))
    image, labels = _turn(crop.image, crop.labels, rng)
    image = _photometric(image, labels, rng)
    return _without_dust(Crop(image, labels, crop.certain))


def _pick(pool, weights, rng) -> LabelledImage:
    names = list(weights)
    share = np.array([weights[n] for n in names])
    images = pool[names[rng.choice(len(names), p=share / share.sum())]]
    return images[int(rng.integers(len(images)))]


def _crop(sample: LabelledImage, size, scales, rng) -> Crop:
    """A window of the image scaled to size x size; never larger than the image itself."""
    height, width = sample.image.shape
    scale = np.exp(rng.uniform(*np.log(scales)))
    stretch = np.exp(rng.uniform(-STRETCH, STRETCH))
    high, wide = (int(min(size / scale * f, height, width)) for f in (stretch, 1 / stretch))
    top, left = rng.integers(height - high + 1), rng.integers(width - wide + 1)
    if rng.random() < 0.6:  # look at a particle more often than at empty ground
        ys, xs = rng.integers(height, size=64), rng.integers(width, size=64)
        hits = np.flatnonzero(sample.labels[ys, xs])
        if len(hits):
            y, x = ys[hits[0]], xs[hits[0]]
            top = int(np.clip(y - rng.integers(high), 0, height - high))
            left = int(np.clip(x - rng.integers(wide), 0, width - wide))
    cut = (slice(top, top + high), slice(left, left + wide))
    shrinks = high > size
    image = cv2.resize(sample.image[cut], (size, size), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    labels = cv2.resize(sample.labels[cut], (size, size), interpolation=cv2.INTER_NEAREST)
    return Crop(image.astype(np.float32) / 255, labels.astype(np.int32), sample.certain)


def _mosaic(pool, weights, size, rng) -> Crop:
    """Four windows side by side: small particles, and edges as tile borders make them."""
    image = np.empty((size, size), np.float32)
    labels = np.zeros((size, size), np.int32)
    half, offset, certain = size // 2, 0, []
    for y in (0, half):
        for x in (0, half):
            part = _crop(_pick(pool, weights, rng), half, MOSAIC_SCALE_RANGE, rng)
            image[y : y + half, x : x + half] = part.image
            labels[y : y + half, x : x + half] = np.where(part.labels > 0, part.labels + offset, 0)
            certain.append(part.certain)
            offset += len(part.certain)
    return Crop(image, labels, np.concatenate(certain))


def _onto_ground(image, labels, grounds, rng) -> np.ndarray:
    """The particles laid on real ground, so that a smooth ground is not what makes a particle."""
    size = image.shape[0]
    ground = grounds[rng.integers(len(grounds))]
    window = int(rng.integers(size // 2, min(ground.shape) + 1))
    top = rng.integers(ground.shape[0] - window + 1)
    left = rng.integers(ground.shape[1] - window + 1)
    piece = cv2.resize(ground[top : top + window, left : left + window], (size, size))
    piece = piece.astype(np.float32) / 255
    inside = labels > 0
    if not inside.any() or inside.all():
        return image
    target = image[inside].mean() - rng.uniform(0.1, 0.4)
    piece = np.clip(piece - piece.mean() + max(target, 0.08), 0, 1)
    feather = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), rng.uniform(0.5, 1.2))
    return image * feather + piece * (1 - feather)


def _turn(image, labels, rng):
    turns = int(rng.integers(4))
    image, labels = np.rot90(image, turns), np.rot90(labels, turns)
    if rng.random() < 0.5:
        image, labels = image[:, ::-1], labels[:, ::-1]
    return np.ascontiguousarray(image), np.ascontiguousarray(labels)


def _photometric(image, labels, rng) -> np.ndarray:
    ground = labels == 0
    if rng.random() < 0.35:
        image = _dark_holes(image, ground, rng)
    if rng.random() < 0.3:
        image = _dust(image, ground, rng)
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.3:
        image = _shading(image, rng)
    image = np.clip(image, 0, 1) ** rng.uniform(0.6, 1.7)
    mean = image.mean()
    image = (image - mean) * rng.uniform(0.4, 1.5) + mean * rng.uniform(0.6, 1.4)
    if rng.random() < 0.6:
        noise = rng.standard_normal(image.shape, dtype=np.float32)
        image = image + noise * rng.uniform(0.005, 0.09) * np.sqrt(np.clip(image, 0.1, 1))
    return np.clip(image, 0, 1).astype(np.float32)


def _dark_holes(image, ground, rng) -> np.ndarray:
    """Bubbles and holes in the carbon tape: dark discs on the ground, some with a bright rim."""
    size = image.shape[0]
    dim = np.ones_like(image)
    rim = np.zeros_like(image)
    for _ in range(rng.integers(1, 10)):
        centre = tuple(int(v) for v in rng.integers(0, size, 2))
        long = np.exp(rng.uniform(np.log(3), np.log(size * LARGEST_HOLE)))
        axes = (int(long), max(2, int(long * rng.uniform(0.6, 1))))
        angle = rng.uniform(0, 180)
        cv2.ellipse(dim, centre, axes, angle, 0, 360, rng.uniform(0.15, 0.7), -1)
        if rng.random() < 0.4:
            cv2.ellipse(rim, centre, axes, angle, 0, 360, rng.uniform(0.05, 0.3), int(rng.integers(1, 2 + long / 8)))
    softness = np.exp(rng.uniform(np.log(0.5), np.log(8)))
    dim, rim = cv2.GaussianBlur(dim, (0, 0), softness), cv2.GaussianBlur(rim, (0, 0), softness)
    return np.where(ground, image * dim + rim, image)


def _dust(image, ground, rng) -> np.ndarray:
    """Bright specks far smaller than any counted particle."""
    size = image.shape[0]
    specks = np.zeros_like(image)
    count = int(rng.integers(10, 500))
    specks[rng.integers(0, size, count), rng.integers(0, size, count)] = rng.uniform(0.5, 4, count)
    specks = cv2.GaussianBlur(specks, (0, 0), rng.uniform(0.5, 1.1))
    return np.where(ground, image + specks, image)


def _shading(image, rng) -> np.ndarray:
    size = image.shape[0]
    corners = rng.uniform(-0.2, 0.2, (2, 2)).astype(np.float32)
    return image + cv2.resize(corners, (size, size), interpolation=cv2.INTER_LINEAR)


def _without_dust(crop: Crop) -> Crop:
    """Renumbers 1..n and drops what is smaller than the smallest counted particle."""
    areas = np.bincount(crop.labels.ravel(), minlength=len(crop.certain))
    keep = areas >= SMALLEST_AREA_PX
    keep[0] = False
    renumber = np.zeros(len(areas), np.int32)
    renumber[keep] = np.arange(1, keep.sum() + 1)
    return Crop(crop.image, renumber[crop.labels], np.concatenate([[np.nan], crop.certain[keep]]).astype(np.float32))


def bare_grounds(images: Sequence[LabelledImage]) -> list[np.ndarray]:
    """The ground of real micrographs, with their particles painted over."""
    grounds = []
    for sample in images:
        small = cv2.resize(sample.image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        mask = cv2.resize((sample.labels > 0).astype(np.uint8), small.shape[::-1], interpolation=cv2.INTER_AREA)
        mask = cv2.dilate(mask, np.ones((9, 9), np.uint8))
        grounds.append(cv2.inpaint(small, mask, 5, cv2.INPAINT_TELEA))
    return grounds
