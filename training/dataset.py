"""Labelled electron micrographs: where they are, how they are split, and which polarity they show.

A source is a folder with ``images/<id>.png`` (8-bit grey) and ``labels/<id>.png``
(16-bit, 0 background, 1..n one value a particle).
"""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

# Held out of training, by image. EMPS ids are content hashes and say nothing of the source
# article, so its split is by hash; the others are split by sample, the part before the dash.
VALIDATION = {
    "emps": lambda name: int(name[-2:], 16) % 8 == 0 if _is_hex(name) else False,
    "spheres": lambda name: name.split("-")[0] in {"A02", "B03", "B07", "C12", "C15"},
    "ampis": lambda name: name == "Sc2Tile_010-006-000_0-000",
    "agglomerates": lambda name: name.split("_")[0] in {"5C3", "point5un"},
}


@dataclass(frozen=True)
class LabelledImage:
    """One micrograph: ``image`` [H, W] uint8 in SEM polarity, ``labels`` [H, W] int32."""

    source: str
    name: str
    image: np.ndarray
    labels: np.ndarray


def _is_hex(name: str) -> bool:
    return all(c in "0123456789abcdef" for c in name)


def to_sem_polarity(image: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The image with particles brighter than the ground, judged by the labels' mean grey values."""
    particle, ground = image[labels > 0], image[labels == 0]
    if particle.size == 0 or ground.size == 0 or particle.mean() >= ground.mean():
        return image
    return 255 - image


def is_validation(source: str, name: str) -> bool:
    """Whether this image is kept out of training."""
    return VALIDATION[source](name)


def load(data: Path, source: str, validation: bool) -> list[LabelledImage]:
    """All images of one source on one side of the split.

    Raises FileNotFoundError when an image has no labels, ValueError when their sizes differ.
    """
    found = []
    for path in sorted((data / source / "images").glob("*.png")):
        if is_validation(source, path.stem) != validation:
            continue
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        labels = cv2.imread(str(data / source / "labels" / path.name), cv2.IMREAD_UNCHANGED)
        if labels is None:
            raise FileNotFoundError(f"{source}/labels/{path.name}: no labels for this image")
        if image.shape != labels.shape:
            raise ValueError(f"{source}/{path.name}: image {image.shape}, labels {labels.shape}")
        labels = labels.astype(np.int32)
        found.append(LabelledImage(source, path.stem, to_sem_polarity(image, labels), labels))
    if not found:
        raise FileNotFoundError(f"{data / source / 'images'}: no images found")
    return found
