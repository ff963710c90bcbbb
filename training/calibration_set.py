"""Writes the training images, in SEM polarity, that set the ranges of an 8-bit network's activations.

python training/calibration_set.py --data DATA --out .cache/calibration
"""

import argparse
from pathlib import Path

import cv2

from dataset import Source, is_validation

# How many of each source, evenly over its names: some 30 in all, real ones of every kind and virtual powder.
IMAGES = {"emps": 16, "spheres": 3, "ampis": 2, "agglomerates": 3, "virtual-low": 4, "virtual-high": 4}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    for source, count in IMAGES.items():
        samples = Source(arguments.data / source, lambda name, of=source: not is_validation(of, name))
        for k in range(count):
            sample = samples[k * len(samples) // count]
            cv2.imwrite(str(arguments.out / f"{source}-{sample.name}.png"), sample.image)
    print(f"{arguments.out}: {sum(IMAGES.values())} images")


if __name__ == "__main__":
    main()
