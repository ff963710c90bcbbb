"""The weights of a network: a run's, those kept beside the models, and their exponential mean.

`weights/<model>.safetensors` holds what a shipped 8-bit model was made from, in 16 bits, so that no
training has to start over.
"""

import os
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

State = dict[str, torch.Tensor]
LARGEST_HALF = torch.finfo(torch.float16).max
MEAN_ITERATIONS = 400  # how far back the mean of the weights reaches,
MEAN_PARTS = 4  # or over a quarter of what there was so far, where that is less


def weights_of(path: Path) -> State:
    """32-bit weights of a run's folder, its mean where it kept one, or of a .safetensors file."""
    if path.suffix == ".safetensors":
        return {name: value.float() if value.is_floating_point() else value for name, value in load_file(path).items()}
    state = torch.load(path / "checkpoint.pt", map_location="cpu", weights_only=True)
    return state.get("mean", state["model"])


def iteration_of(run: Path) -> int | None:
    """How far the training in a folder has come; a .safetensors file does not tell."""
    if run.suffix == ".safetensors":
        return None
    return torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)["iteration"]


def keep_weights(path: Path, weights: State) -> None:
    """Writes weights in 16 bits; the largest change of any is a 2,000th of its value.

    Raises ValueError where one is too large for 16 bits.
    """
    halves = {}
    for name, value in weights.items():
        if value.is_floating_point():
            largest = float(value.abs().max())
            if not largest <= LARGEST_HALF:
                raise ValueError(f"{path}: {name} reaches {largest}, 16 bits hold {LARGEST_HALF:.0f}; keep the checkpoint")
            value = value.half()
        halves[name] = value.contiguous()
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(halves, path)


def save_checkpoint(run: Path, state: dict) -> None:
    """Replaces a run's checkpoint whole: a stop while writing leaves the old one."""
    partial = run / "checkpoint.partial"
    torch.save(state, partial)
    os.replace(partial, run / "checkpoint.pt")


class WeightsMean:
    """The exponential mean of a network's weights while it is trained: calmer than the last ones."""

    def __init__(self, weights: State, updates: int = 0):
        self.weights = {name: value.detach().clone() for name, value in weights.items()}
        self.updates = updates

    def update(self, weights: State) -> None:
        """Moves the mean towards the present weights."""
        self.updates += 1
        share = max(1 / MEAN_ITERATIONS, MEAN_PARTS / (self.updates + MEAN_PARTS))
        for name, mean in self.weights.items():
            if mean.is_floating_point():
                mean.lerp_(weights[name].detach(), share)
            else:
                mean.copy_(weights[name])
