"""Keeps what a run has learnt in 16 bits, for a training that goes on from it.

An 8-bit model cannot give its weights back: equalise.py moves factors between its layers that its file does not tell.

python training/keep.py --run runs/next --out training/weights/low.safetensors
"""

import argparse
from pathlib import Path

from weights import iteration_of, keep_weights, weights_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder with checkpoint.pt")
    parser.add_argument("--out", type=Path, required=True, help="the .safetensors file; train.py --start-from takes it")
    wanted = parser.parse_args()
    keep_weights(wanted.out, weights_of(wanted.run))
    print(f"{wanted.out}: {wanted.out.stat().st_size / 1e6:.1f} MB, weights of iteration {iteration_of(wanted.run)}")


if __name__ == "__main__":
    main()
