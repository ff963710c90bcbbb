"""Labelled electron micrographs: where they are, how they are split, and which polarity they show.

A source is a folder with ``images/<id>.png`` (8-bit grey), ``labels/<id>.png`` (16-bit, 0 background,
1..n one value a particle) and, where somebody judged the particles, ``truth/<id>.json`` with a list
``particles`` of ``{label, verdict}``, as `particled simulate dataset` and verdicts.py write it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
from scipy.ndimage import find_objects

# Held out of training, by image. EMPS ids are content hashes and say nothing of the source
# article, so its split is by hash; spheres are split by sample, the part before the dash. Of agglomerates, a
# kind of ground of its own in each sample, these images are held out while others of their samples are trained on.
VALIDATION = {
    "emps": lambda name: int(name[-2:], 16) % 8 == 0 if _is_hex(name) else False,
    "spheres": lambda name: name.split("-")[0] in {"A02", "B03", "B07", "C12", "C15"},
    "ampis": lambda name: name == "Sc2Tile_010-006-000_0-000",
    "agglomerates": lambda name: name in {"5C3_1", "point5un_1", "point5un_5"},
}

# Sources of `particled corrections export` are called so, or begin so: corrections, corrections-2026. A tile's name ends
# with its content hash, and a fifth of the tiles is held out by that.
CORRECTIONS = "corrections"

# Of these only some particles are labelled: what is not is neither particle nor ground.
PARTLY_LABELLED = {"ampis-satellites", "ncm"}

KEPT_IMAGES = 400  # decoded ones a source keeps: about 0.6 GB of EMPS


@dataclass(frozen=True)
class LabelledImage:
    """One micrograph: ``image`` [H, W] uint8 in SEM polarity, ``labels`` [H, W] uint16.

    ``certain`` [largest label + 1] says of each label 1 certain, 0 uncertain, nan not judged.
    ``several`` [H, W] bool, or None: where one label held several particles, which is neither particle nor ground.
    """

    source: str
    name: str
    image: np.ndarray
    labels: np.ndarray
    certain: np.ndarray
    several: np.ndarray | None = None

    @property
    def unknown(self) -> np.ndarray:
        """[H, W] bool: where nobody labelled anything."""
        if self.source in PARTLY_LABELLED:
            return self.labels == 0
        return np.zeros(self.labels.shape, bool) if self.several is None else self.several


class Source(Sequence):
    """The images of one folder whose names are wanted, read when asked for.

    Images of a partly labelled source that nobody labelled at all are left out. A label that fills less than
    ``least_solidity`` of its convex hull counts as several particles, which are left unknown. Raises FileNotFoundError
    where there are none, or where an image has no labels; ValueError where their sizes differ.
    """

    def __init__(self, folder: Path, wanted: Callable[[str], bool], least_solidity: float = 0):
        self.folder, self.least_solidity = folder, least_solidity
        kind = "labels" if folder.name in PARTLY_LABELLED else "images"
        self.names = [name for name in sorted(p.stem for p in (folder / kind).glob("*.png")) if wanted(name)]
        if not self.names:
            raise FileNotFoundError(f"{folder / kind}: no images found")
        self._read = lru_cache(KEPT_IMAGES)(self._read_now)

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, index: int) -> LabelledImage:
        return self._read(self.names[index])

    def _read_now(self, name: str) -> LabelledImage:
        image = cv2.imread(str(self.folder / "images" / f"{name}.png"), cv2.IMREAD_GRAYSCALE)
        labels = cv2.imread(str(self.folder / "labels" / f"{name}.png"), cv2.IMREAD_UNCHANGED)
        if labels is None:
            raise FileNotFoundError(f"{self.folder / 'labels' / name}.png: no labels for this image")
        if image.shape != labels.shape:
            raise ValueError(f"{self.folder.name}/{name}.png: image {image.shape}, labels {labels.shape}")
        image = to_sem_polarity(image, labels) if is_photographed(self.folder.name) else image
        certain = verdicts_of(self.folder / "truth" / f"{name}.json", int(labels.max()))
        several = labels_of_several(labels, self.least_solidity)
        labels = np.where(several, 0, labels)
        return LabelledImage(self.folder.name, name, image, labels.astype(np.uint16), certain, several)


def labels_of_several(labels: np.ndarray, least_solidity: float) -> np.ndarray:
    """[H, W] bool: the labels whose share of their convex hull's area is under ``least_solidity``."""
    several = np.zeros(labels.shape, bool)
    if least_solidity <= 0:
        return several
    for label, place in enumerate(find_objects(labels.astype(np.int32)), start=1):
        if place is not None:
            inside = labels[place] == label
            outline = np.argwhere(inside)[:, ::-1].astype(np.int32)
            hull = cv2.fillConvexPoly(np.zeros(inside.shape, np.uint8), cv2.convexHull(outline), 1)
            several[place] |= inside & (inside.sum() < least_solidity * hull.sum())
    return several


def verdicts_of(path: Path, particles: int) -> np.ndarray:
    """The verdict on each label 0..particles: 1 certain, 0 uncertain, nan where nobody judged."""
    certain = np.full(particles + 1, np.nan, np.float32)
    if path.exists():
        for particle in json.loads(path.read_text())["particles"]:
            if particle["label"] <= particles:
                certain[particle["label"]] = particle["verdict"] == "certain"
    return certain


def _is_hex(name: str) -> bool:
    return all(c in "0123456789abcdef" for c in name)


def to_sem_polarity(image: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """The image with particles brighter than the ground, judged by the labels' mean grey values."""
    particle, ground = image[labels > 0], image[labels == 0]
    if particle.size == 0 or ground.size == 0 or particle.mean() >= ground.mean():
        return image
    return 255 - image


def is_corrections(source: str) -> bool:
    """Whether people corrected what a model found in its images."""
    return source == CORRECTIONS or source.startswith(f"{CORRECTIONS}-")


def is_photographed(source: str) -> bool:
    """Whether its images are real, so that particles may be darker than the ground."""
    return source in VALIDATION or is_corrections(source)


def is_validation(source: str, name: str) -> bool:
    """Whether this image is kept out of training; virtual powder is validated on seeds of its own."""
    if is_corrections(source):
        return _is_hex(name[-8:]) and int(name[-8:], 16) % 5 == 0
    return VALIDATION[source](name) if source in VALIDATION else False


@dataclass(frozen=True)
class Fold:
    """One of ``count`` parts of the training images, left out of a run that later judges them."""

    index: int
    count: int

    @staticmethod
    def parse(text: str) -> "Fold":
        index, count = (int(part) for part in text.split("/"))
        return Fold(index, count)

    def holds(self, name: str) -> bool:
        return sum(name.encode()) % self.count == self.index
