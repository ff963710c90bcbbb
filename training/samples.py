"""An endless, seeded stream of training samples from a mixture of sources."""

from pathlib import Path

import cv2
import numpy as np
import torch
from scipy.ndimage import find_objects
from torch.utils.data import IterableDataset, get_worker_info

from augment import Pool, training_crop
from crop import Crop
from dataset import Fold, LabelledImage, Source, is_validation
from matching import Truth

# Share of the crops that each source gives, by the model that is trained.
MIXTURES = {
    "low": {"emps": 0.34, "virtual-low": 0.38, "spheres": 0.08, "ampis": 0.08, "agglomerates": 0.12},
    "high": {"emps": 0.44, "virtual-high": 0.32, "spheres": 0.10, "ampis": 0.06, "agglomerates": 0.08},
}

# Of these sources touching particles share a label: one that is less solid is several, of which nobody drew the borders.
LEAST_SOLIDITY = {"agglomerates": 0.8}


def shares_of(text: str) -> dict[str, float]:
    """Shares as ``source=share,...`` names them; they need not add up to 1. Raises ValueError."""
    shares = {}
    for part in text.split(","):
        source, _, share = part.partition("=")
        try:
            shares[source.strip()] = float(share)
        except ValueError:
            raise ValueError(f"share '{part}': want source=share, as in emps=0.4,spheres=0.1") from None
        if not shares[source.strip()] > 0:
            raise ValueError(f"share '{part}': is not above 0; leave the source out instead")
    return shares


class Crops(IterableDataset):
    """An endless stream of augmented crops; sample n depends on the seed and n alone."""

    def __init__(self, data: Path, shares: dict[str, float], size: int, seed: int, start: int, unseen: Fold | None = None):
        self.data, self.shares, self.size, self.seed = data, shares, size, seed
        self.start, self.unseen = start, unseen

    def __iter__(self):
        # Read here, in the worker: a process forked after OpenCV has used its threads hangs.
        cv2.setNumThreads(1)
        images = {name: self._source(name) for name in self.shares}
        pool = Pool.of(images, self.shares)
        worker = get_worker_info()
        offset, step = (worker.id, worker.num_workers) if worker else (0, 1)
        n = self.start + offset
        while True:
            crop = training_crop(pool, self.size, np.random.default_rng((self.seed, n)))
            yield torch.from_numpy(crop.image)[None], truth_of(crop)
            n += step

    def _source(self, name: str) -> Source:
        def is_wanted(image: str) -> bool:
            return not is_validation(name, image) and not (self.unseen and self.unseen.holds(image))

        return Source(self.data / name, is_wanted, LEAST_SOLIDITY.get(name, 0))


def truth_of(crop: Crop | LabelledImage) -> Truth:
    """Boxes, areas, verdicts and unlabelled places of particles numbered 1..n."""
    found = [(x.start, y.start, x.stop, y.stop) for y, x in find_objects(crop.labels)]
    boxes = torch.tensor(found, dtype=torch.float32).reshape(-1, 4)
    areas = np.bincount(crop.labels.ravel(), minlength=len(found) + 1)[1:]
    labels, certain = torch.from_numpy(crop.labels), torch.from_numpy(crop.certain[1:])
    unknown = torch.from_numpy(crop.unknown) if crop.unknown.any() else None
    return Truth(labels, boxes, torch.from_numpy(areas).float(), certain, unknown)


def batch_of(samples):
    return torch.stack([s[0] for s in samples]), [s[1] for s in samples]
