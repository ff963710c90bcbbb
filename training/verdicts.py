"""Judges each labelled particle by a network that never saw its image.

A particle that such a network finds again with an IoU over 0.8 is certain, any other uncertain:
where an expert gave no verdict, this says which outlines the image itself decides.

python training/verdicts.py --run RUN --data DATA --unseen 0/2
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
import torch

from dataset import VALIDATION, Fold, LabelledImage, Source, is_validation
from export import load
from losses import CERTAIN_IOU
from network import MaskRCNN

LONGEST_SIDE_PX = 960
FOUND_SCORE = 0.5


def outlines(model: MaskRCNN, image: np.ndarray, device: torch.device) -> list[tuple[slice, slice, np.ndarray]]:
    """What the network finds in an image [H, W] uint8: rows, columns and mask of each region, in its pixels."""
    height, width = image.shape
    scale = min(1, LONGEST_SIDE_PX / max(height, width))
    seen = cv2.resize(image, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA)
    below, right = -seen.shape[0] % 64, -seen.shape[1] % 64
    padded = cv2.copyMakeBorder(seen, 0, below, 0, right, cv2.BORDER_REFLECT_101)
    with torch.no_grad():
        regions, scores, _, masks, _ = model(torch.from_numpy(padded[None, None] / np.float32(255)).to(device))
    found = []
    for region, score, mask in zip((regions / scale).round().int().cpu().numpy(), scores, masks.cpu(), strict=True):
        left, top, end, bottom = (int(v) for v in region)
        if score > FOUND_SCORE and end > left and bottom > top:
            placed = cv2.resize(mask[0].numpy(), (end - left, bottom - top)) > 0.5
            placed = placed[: max(0, height - top), : max(0, width - left)]
            found.append((slice(top, top + placed.shape[0]), slice(left, left + placed.shape[1]), placed))
    return found


def best_overlaps(sample: LabelledImage, found) -> np.ndarray:
    """IoU of each labelled particle 0..n with what was found best on it."""
    areas = np.bincount(sample.labels.ravel())
    best = np.zeros(len(areas))
    for rows, columns, mask in found:
        overlap = np.bincount(sample.labels[rows, columns][mask], minlength=len(areas))
        best = np.maximum(best, overlap / np.maximum(areas + mask.sum() - overlap, 1))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder with checkpoint.pt of a run with the same --unseen")
    parser.add_argument("--data", type=Path, required=True, help="folder with emps/, spheres/, ...; gets truth/ in each")
    parser.add_argument("--unseen", type=Fold.parse, required=True, help="K/N as given to train.py")
    wanted = parser.parse_args()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model, _ = load(wanted.run)
    model = model.to(device).eval()
    for source in VALIDATION:
        folder = wanted.data / source
        samples = Source(folder, lambda name, s=source: wanted.unseen.holds(name) and not is_validation(s, name))
        (folder / "truth").mkdir(exist_ok=True)
        judged, certain = 0, 0
        for sample in samples:
            best = best_overlaps(sample, outlines(model, sample.image, device))
            labels = np.unique(sample.labels)[1:].tolist()
            verdicts = ["certain" if best[label] > CERTAIN_IOU else "uncertain" for label in labels]
            particles = [{"label": n, "verdict": v} for n, v in zip(labels, verdicts, strict=True)]
            (folder / "truth" / f"{sample.name}.json").write_text(json.dumps({"particles": particles}))
            judged, certain = judged + len(labels), certain + verdicts.count("certain")
        print(f"{source}: {len(samples)} images, {certain} of {judged} particles certain")


if __name__ == "__main__":
    main()
