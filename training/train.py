"""Trains one model: seeded, resumable, on CPU or CUDA.

python training/train.py --data DATA --out RUN --minutes 90
"""

import argparse
import json
import math
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from scipy.ndimage import find_objects
from torch.utils.data import DataLoader, IterableDataset

import augment
import dataset
from losses import Truth, training_losses
from network import MaskRCNN

WEIGHTS = {"emps": 0.72, "spheres": 0.14, "ampis": 0.14}


class Crops(IterableDataset):
    """An endless stream of augmented crops; sample n depends on the seed and n alone."""

    def __init__(self, data: Path, size: int, seed: int, start: int):
        self.data, self.size, self.seed, self.start = data, size, seed, start

    def __iter__(self):
        # Read here, in the worker: a process forked after OpenCV has used its threads hangs.
        cv2.setNumThreads(1)
        pool = {name: dataset.load(self.data, name, validation=False) for name in WEIGHTS}
        grounds = augment.bare_grounds(dataset.load(self.data, "agglomerates", validation=False))
        worker = torch.utils.data.get_worker_info()
        offset, step = (worker.id, worker.num_workers) if worker else (0, 1)
        n = self.start + offset
        while True:
            rng = np.random.default_rng((self.seed, n))
            image, labels = augment.training_crop(pool, WEIGHTS, grounds, self.size, rng)
            yield torch.from_numpy(image)[None], truth_of(labels)
            n += step


def truth_of(labels: np.ndarray) -> Truth:
    """Boxes and areas of the particles of a label image numbered 1..n."""
    found = [(x.start, y.start, x.stop, y.stop) for y, x in find_objects(labels)]
    boxes = torch.tensor(found, dtype=torch.float32).reshape(-1, 4)
    areas = np.bincount(labels.ravel(), minlength=len(found) + 1)[1:]
    return Truth(torch.from_numpy(labels.astype(np.int64)), boxes, torch.from_numpy(areas).float())


def batch_of(samples):
    return torch.stack([s[0] for s in samples]), [s[1] for s in samples]


def learning_rate(iteration: int, total: int, peak: float) -> float:
    """Warm-up over 200 iterations, then a cosine down to a hundredth."""
    if iteration < 200:
        return peak * (iteration + 1) / 200
    share = min(1, (iteration - 200) / max(1, total - 200))
    return peak * (0.01 + 0.99 * (1 + math.cos(math.pi * share)) / 2)


def save(path: Path, state: dict) -> None:
    """Replaces a checkpoint whole: a stop while writing leaves the old one."""
    torch.save(state, path.with_suffix(".partial"))
    os.replace(path.with_suffix(".partial"), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with emps/, spheres/, ampis/, agglomerates/")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and log")
    parser.add_argument("--iterations", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--crop", type=int, default=384, help="crop side in pixels, divisible by 64")
    parser.add_argument("--peak-rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop after this long, checkpoint kept")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(arguments.seed)

    model = MaskRCNN().to(device, memory_format=torch.channels_last)
    model.backbone.load_imagenet()
    model.backbone.freeze_stem()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=arguments.peak_rate, weight_decay=1e-4)
    checkpoint, start = arguments.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        start = state["iteration"]
        torch.manual_seed(arguments.seed + start)

    crops = Crops(arguments.data, arguments.crop, arguments.seed, start * arguments.batch)
    loader = DataLoader(
        crops, arguments.batch, num_workers=arguments.workers, collate_fn=batch_of,
        multiprocessing_context="spawn" if arguments.workers else None,
    )  # fmt: skip
    model.train()
    began, kept_at = time.monotonic(), time.monotonic()
    recent: list[dict[str, float]] = []
    log = (arguments.out / "log.jsonl").open("a")
    iteration = start
    for images, truths in loader:
        out_of_time = time.monotonic() - began > arguments.minutes * 60
        if iteration >= arguments.iterations or out_of_time:
            break
        rate = learning_rate(iteration, arguments.iterations, arguments.peak_rate)
        for group in optimiser.param_groups:
            group["lr"] = rate
        images = images.to(device).contiguous(memory_format=torch.channels_last)
        truths = [Truth(t.labels.to(device), t.boxes.to(device), t.areas_px.to(device)) for t in truths]
        with torch.autocast(device.type, dtype=torch.bfloat16):
            losses = training_losses(model, images, truths)
            total = sum(losses.values())
        optimiser.zero_grad(set_to_none=True)
        if not torch.isfinite(total):
            raise FloatingPointError(f"iteration {iteration}: loss is {total.item()}; lower --peak-rate")
        total.backward()
        torch.nn.utils.clip_grad_norm_(trained, 5.0)
        optimiser.step()
        iteration += 1
        recent.append({name: loss.item() for name, loss in losses.items()})
        if iteration % 20 == 0:
            means = {name: round(float(np.mean([r[name] for r in recent])), 4) for name in recent[0]}
            speed = (time.monotonic() - began) / (iteration - start)
            line = {"iteration": iteration, "rate": round(rate, 6), "secondsAnIteration": round(speed, 2), **means}
            print(json.dumps(line), file=log, flush=True)
            recent = []
        if time.monotonic() - kept_at > 300:
            save(checkpoint, {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "iteration": iteration})
            kept_at = time.monotonic()
    save(checkpoint, {"model": model.state_dict(), "optimiser": optimiser.state_dict(), "iteration": iteration})
    print(f"stopped at iteration {iteration} of {arguments.iterations}; run again to go on")


if __name__ == "__main__":
    main()
