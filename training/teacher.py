"""Labels images that nobody labelled, by what a network finds in them more than once.

Each image is looked at in two sizes of overlapping windows, the smaller ones enlarged and upside down. A particle that
two of these looks outline alike is labelled; the rest of the image is neither particle nor ground (``PARTLY_LABELLED``).

python training/teacher.py --run training/weights/low.safetensors --images DIR --out DATA/ncm --keep-out 622
"""

import argparse
import shutil
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from crop import SMALLEST_AREA_PX
from export import load
from network import MaskRCNN

SEEN_PX = 640  # side at which the network sees each window
WINDOWS_PX = (640, 448)
LEAST_SCORE = 0.5
ALIKE_IOU = 0.6
LEAST_SHARE_OF_GROUP = 0.6  # an outline of which smaller ones fill so much is a group of particles


@dataclass
class Found:
    """One particle of one look: ``mask`` [h, w] bool with its upper left pixel at ``top``, ``left`` of the image."""

    score: float
    top: int
    left: int
    mask: np.ndarray
    looks: int = 1

    @property
    def place(self) -> tuple[slice, slice]:
        high, wide = self.mask.shape
        return slice(self.top, self.top + high), slice(self.left, self.left + wide)


def found_in(model: MaskRCNN, image: np.ndarray) -> list[Found]:
    """What all looks at an image [H, W] uint8 found, in its pixels, best first."""
    found = []
    for side, upside_down in zip(WINDOWS_PX, (False, True), strict=True):
        for top in _starts(image.shape[0], side):
            for left in _starts(image.shape[1], side):
                found += _look(model, image, top, left, side, upside_down)
    return sorted(found, key=lambda one: -one.score)


def _starts(length: int, side: int) -> list[int]:
    """Where windows of a side begin that overlap by half or more."""
    count = 1 + max(0, -(-(length - side) // (side // 2)))
    return sorted({round(i) for i in np.linspace(0, max(0, length - side), count)})


def _look(model: MaskRCNN, image: np.ndarray, top: int, left: int, side: int, upside_down: bool) -> list[Found]:
    window = image[top : top + side, left : left + side]
    high, wide = window.shape
    seen = cv2.resize(window, (SEEN_PX, SEEN_PX), interpolation=cv2.INTER_LINEAR)
    seen = seen[::-1].copy() if upside_down else seen
    with torch.no_grad():
        regions, scores, _, masks, _ = model(torch.from_numpy(seen[None, None] / np.float32(255)))
    found = []
    for (x0, y0, x1, y1), score, mask in zip(regions.numpy(), scores.tolist(), masks[:, 0].numpy(), strict=True):
        if upside_down:
            y0, y1, mask = SEEN_PX - y1, SEEN_PX - y0, mask[::-1]
        begin, end = (
            (round(x0 * wide / SEEN_PX), round(y0 * high / SEEN_PX)),
            (round(x1 * wide / SEEN_PX), round(y1 * high / SEEN_PX)),
        )
        if score < LEAST_SCORE or end[0] <= begin[0] or end[1] <= begin[1] or _is_cut(begin, end, top, left, window, image):
            continue
        placed = cv2.resize(np.ascontiguousarray(mask), (end[0] - begin[0], end[1] - begin[1])) > 0.5
        if placed.sum() >= SMALLEST_AREA_PX:
            found.append(Found(score, top + begin[1], left + begin[0], placed))
    return found


def _is_cut(begin, end, top: int, left: int, window: np.ndarray, image: np.ndarray) -> bool:
    """Whether a region ends at a side of the window that is none of the image's."""
    high, wide = window.shape
    return (
        (begin[0] <= 1 and left > 0) or (begin[1] <= 1 and top > 0)
        or (end[0] >= wide - 1 and left + wide < image.shape[1]) or (end[1] >= high - 1 and top + high < image.shape[0])
    )  # fmt: skip


def agreed(found: list[Found]) -> list[Found]:
    """Of what looks found alike, the best; only what two looks or more found."""
    kept: list[Found] = []
    for one in found:
        same = next((other for other in kept if _iou(one, other) > ALIKE_IOU), None)
        if same is None:
            kept.append(one)
        else:
            same.looks += 1
    return [one for one in kept if one.looks > 1]


def _iou(a: Found, b: Found) -> float:
    top, left = max(a.top, b.top), max(a.left, b.left)
    below = min(a.top + a.mask.shape[0], b.top + b.mask.shape[0])
    right = min(a.left + a.mask.shape[1], b.left + b.mask.shape[1])
    if below <= top or right <= left:
        return 0
    of_a = a.mask[top - a.top : below - a.top, left - a.left : right - a.left]
    of_b = b.mask[top - b.top : below - b.top, left - b.left : right - b.left]
    both = int((of_a & of_b).sum())
    return both / (int(a.mask.sum()) + int(b.mask.sum()) - both)


def labels_of(found: list[Found], shape: tuple[int, int]) -> np.ndarray:
    """Labels [H, W] uint16 of particles; smaller ones lie over larger ones, outlines around groups are left out."""
    labels = np.zeros(shape, np.uint16)
    covered = np.zeros(shape, bool)
    single = []
    for one in sorted(found, key=lambda one: int(one.mask.sum())):
        if covered[one.place][one.mask].mean() < LEAST_SHARE_OF_GROUP:
            single.append(one)
            covered[one.place] |= one.mask
    for number, one in enumerate(reversed(single), start=1):
        labels[one.place][one.mask] = number
    return labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="a finished run, or weights kept as .safetensors")
    parser.add_argument("--images", type=Path, required=True, help="folder of .png images without labels")
    parser.add_argument("--out", type=Path, required=True, help="folder of the source, named as in PARTLY_LABELLED")
    parser.add_argument("--keep-out", default=None, help="images whose name begins so are kept out, to judge by")
    wanted = parser.parse_args()
    paths = [p for p in sorted(wanted.images.glob("*.png")) if not (wanted.keep_out and p.name.startswith(wanted.keep_out))]
    if not paths:
        raise FileNotFoundError(f"{wanted.images}: no .png images to label")
    model, _ = load(wanted.run)
    for folder in ("images", "labels"):
        (wanted.out / folder).mkdir(parents=True, exist_ok=True)
    for path in paths:
        image = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        labels = labels_of(agreed(found_in(model, image)), image.shape)
        cv2.imwrite(str(wanted.out / "labels" / path.name), labels)
        shutil.copyfile(path, wanted.out / "images" / path.name)
        print(f"{path.name}: {labels.max()} particles", flush=True)


if __name__ == "__main__":
    main()
