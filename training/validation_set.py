"""Writes the images kept out of training, in SEM polarity, as folders that `particled evaluate` reads.

python training/validation_set.py --data DATA --out .cache/validation
python training/validation_set.py --data DATA --out .cache/validation --source corrections
"""

import argparse
from pathlib import Path

import cv2

from dataset import VALIDATION, Source, is_validation


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--source", action="append", help="a source alone, instead of the public ones; may be repeated")
    arguments = parser.parse_args()
    for source in arguments.source or VALIDATION:
        samples = Source(arguments.data / source, lambda name, of=source: is_validation(of, name))
        for sample in samples:
            for kind, pixels in (("images", sample.image), ("labels", sample.labels)):
                folder = arguments.out / source / kind
                folder.mkdir(parents=True, exist_ok=True)
                cv2.imwrite(str(folder / f"{sample.name}.png"), pixels)
        print(f"{source}: {len(samples)} images")


if __name__ == "__main__":
    main()
