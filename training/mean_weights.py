"""The mean of two trainings of one network, which often holds what either is good at.

python training/mean_weights.py --of training/weights/low.safetensors runs/next --out mean.safetensors
"""

import argparse
from pathlib import Path

from weights import State, keep_weights, weights_of


def mean_of(one: State, other: State) -> State:
    """Half of each weight; what counts steps is taken from the second. Raises ValueError where they are of two networks."""
    if one.keys() != other.keys() or any(one[name].shape != other[name].shape for name in one):
        raise ValueError("these are weights of two networks; a mean is of one network, trained twice from the same start")
    return {name: (value + other[name]) / 2 if value.is_floating_point() else other[name] for name, value in one.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--of", type=Path, nargs=2, required=True, help="runs or kept .safetensors")
    parser.add_argument("--out", type=Path, required=True, help="the .safetensors file; export.py --run takes it")
    wanted = parser.parse_args()
    keep_weights(wanted.out, mean_of(*(weights_of(path) for path in wanted.of)))
    print(f"{wanted.out}: {wanted.out.stat().st_size / 1e6:.1f} MB, the mean of {wanted.of[0]} and {wanted.of[1]}")


if __name__ == "__main__":
    main()
