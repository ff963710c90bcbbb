"""Ground without particles: of real micrographs and of virtual powder, alone or under other particles."""

from collections.abc import Sequence

import cv2
import numpy as np

from crop import Crop
from dataset import PARTLY_LABELLED, LabelledImage

SPARSE_SHARE = 0.25  # more particles than that leave too little ground to paint over them from
LOOKED_AT = 40  # images of a source, evenly spread, that may give a ground
SMALLEST_BARE_PX = 96  # side of the smallest bare window that is enlarged to a crop
TRIES = 12


def grounds_of(pool: dict[str, Sequence[LabelledImage]]) -> list[np.ndarray]:
    """The grounds of sparse images of every source, at half their size."""
    grounds = []
    for source, images in pool.items():
        if source not in PARTLY_LABELLED:
            for i in range(0, len(images), max(1, len(images) // LOOKED_AT)):
                if (images[i].labels > 0).mean() < SPARSE_SHARE:
                    grounds.append(painted_over(images[i]))
    return grounds


def painted_over(sample: LabelledImage) -> np.ndarray:
    """The ground of a micrograph at half its size, its particles painted over from what is around them."""
    small = cv2.resize(sample.image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    mask = cv2.resize(
        (sample.unknown | (sample.labels > 0)).astype(np.uint8), small.shape[::-1], interpolation=cv2.INTER_NEAREST
    )
    mask = cv2.dilate(mask, np.ones((9, 9), np.uint8))
    return cv2.inpaint(small, mask, 5, cv2.INPAINT_TELEA)


def bare(
    sample: LabelledImage, grounds: Sequence[np.ndarray], high: int, wide: int, rng: np.random.Generator
) -> Crop | None:
    """A crop without particles: a window where the sample has none, else one of the grounds; None if there are none."""
    image = None
    if sample.source not in PARTLY_LABELLED and rng.random() < 0.6:
        image = _bare_window(sample, rng)
    if image is None and grounds:
        image = _square(grounds[rng.integers(len(grounds))], 0.4, rng)
    if image is None:
        return None
    image = cv2.resize(image, (wide, high), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255
    return Crop(image, np.zeros((high, wide), np.int32), np.full(1, np.nan, np.float32), np.zeros((high, wide), bool))


def _bare_window(sample: LabelledImage, rng) -> np.ndarray | None:
    height, width = sample.labels.shape
    for _ in range(TRIES):
        side = int(rng.integers(SMALLEST_BARE_PX, max(SMALLEST_BARE_PX, min(height, width)) + 1))
        if side <= min(height, width):
            top, left = rng.integers(height - side + 1), rng.integers(width - side + 1)
            here = slice(top, top + side), slice(left, left + side)
            if not sample.labels[here].any() and not sample.unknown[here].any():
                return sample.image[here]
    return None


def _square(ground: np.ndarray, smallest: float, rng) -> np.ndarray:
    shorter = min(ground.shape)
    side = int(rng.integers(int(shorter * smallest), shorter + 1))
    top, left = rng.integers(ground.shape[0] - side + 1), rng.integers(ground.shape[1] - side + 1)
    return ground[top : top + side, left : left + side]


def onto_ground(crop: Crop, grounds: Sequence[np.ndarray], rng: np.random.Generator) -> np.ndarray:
    """The particles laid on another ground, so that a smooth ground is not what makes a particle."""
    image, inside = crop.image, crop.labels > 0
    if not inside.any() or inside.all() or crop.unknown.any():
        return image
    piece = _square(grounds[rng.integers(len(grounds))], 0.5, rng)
    piece = cv2.resize(piece, image.shape[::-1]).astype(np.float32) / 255
    target = image[inside].mean() - rng.uniform(0.1, 0.4)
    piece = np.clip(piece - piece.mean() + max(target, 0.08), 0, 1)
    feather = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), rng.uniform(0.5, 1.2))
    return image * feather + piece * (1 - feather)
