"""Trains one network: seeded, resumable, on CPU or CUDA.

python training/train.py --data DATA --out RUN --mixture low --iterations 6000
"""

import argparse
import json
import math
import time
from pathlib import Path

import torch
from torch.utils.data import DataLoader

from dataset import Fold
from losses import training_losses
from network import MaskRCNN
from samples import MIXTURES, Crops, batch_of, shares_of
from unet import UNet, unet_losses
from weights import WeightsMean, save_checkpoint, weights_of

NETWORKS = {"mask-rcnn": (MaskRCNN, training_losses), "unet": (UNet, unet_losses)}
WARM_UP_ITERATIONS = 200
WARM_UP_SHARE = 0.05  # of a run that is so short that the iterations would be more


def learning_rate(iteration: int, done: float, peak: float) -> float:
    """Warm-up, then a cosine down to a hundredth as the run's share ``done`` goes from 0 to 1."""
    warm = max((iteration + 1) / WARM_UP_ITERATIONS, done / WARM_UP_SHARE)
    if warm < 1:
        return peak * warm
    return peak * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1, done))) / 2)


def keep_batch_statistics(model: torch.nn.Module) -> None:
    """Normalises by the statistics that were learnt, so that a batch of two large crops will do."""
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.eval()


def autocast_of(device: torch.device) -> torch.autocast:
    """16-bit arithmetic where the processor has units for it; emulated, it takes ten times as long as 32 bits."""
    has_units = torch.cuda.is_bf16_supported() if device.type == "cuda" else _processor_has_bf16()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=has_units)


def _processor_has_bf16() -> bool:
    units = torch.cpu.get_capabilities()
    return bool(units.get("avx512_bf16") or units.get("amx_bf16"))


def arguments_of_command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with emps/, spheres/, virtual-low/ ...")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint and log")
    parser.add_argument("--mixture", choices=MIXTURES, default="low", help="whose shares of the sources")
    parser.add_argument(
        "--shares", type=shares_of, help="source=share,... instead of a mixture; sources are folders of --data"
    )
    parser.add_argument("--without", action="append", default=[], help="a source to leave out; may be repeated")
    parser.add_argument("--unseen", type=Fold.parse, help="K/N: leave part K of N of the images out, for verdicts.py")
    parser.add_argument("--network", choices=NETWORKS, default="mask-rcnn")
    parser.add_argument("--from-scratch", action="store_true", help="no ImageNet weights")
    parser.add_argument(
        "--start-from", type=Path, help="a finished run or kept .safetensors to train on, its batch statistics kept"
    )
    parser.add_argument(
        "--frozen-blocks", type=int, default=1, help="blocks of the backbone, of 16, that keep their weights"
    )
    parser.add_argument("--confidence-of", type=Path, help="a finished run whose confidence alone is trained on")
    parser.add_argument("--iterations", type=int, default=3000)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="end earlier, the rate lowered in time; pauses count"
    )
    parser.add_argument("--batch", type=int, default=4)
    parser.add_argument("--crop", type=int, default=384, help="crop side in pixels, divisible by 64")
    parser.add_argument("--peak-rate", type=float, default=4e-4)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--workers", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    wanted = arguments_of_command_line()
    wanted.out.mkdir(parents=True, exist_ok=True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(wanted.seed)

    build, losses_of = NETWORKS[wanted.network]
    model = build().to(device, memory_format=torch.channels_last)
    if not wanted.from_scratch:
        model.backbone.load_imagenet()
        model.backbone.freeze_start(wanted.frozen_blocks)
    finished = wanted.confidence_of or wanted.start_from
    if finished:
        model.load_state_dict(weights_of(finished))
    if wanted.confidence_of:
        model.requires_grad_(False).box_head.uncertainty.requires_grad_(True)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=wanted.peak_rate, weight_decay=1e-4)
    mean = WeightsMean(model.state_dict())
    checkpoint, start, seconds_before = wanted.out / "checkpoint.pt", 0, 0.0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        mean = WeightsMean(state["mean"], state["iteration"])
        start, seconds_before = state["iteration"], state["seconds"]
        torch.manual_seed(wanted.seed + start)

    shares = wanted.shares or MIXTURES[wanted.mixture]
    shares = {name: share for name, share in shares.items() if name not in wanted.without}
    crops = Crops(wanted.data, shares, wanted.crop, wanted.seed, start * wanted.batch, wanted.unseen)
    loader = DataLoader(
        crops, wanted.batch, num_workers=wanted.workers, collate_fn=batch_of,
        multiprocessing_context="spawn" if wanted.workers else None,
    )  # fmt: skip
    model.train(not wanted.confidence_of)
    if wanted.start_from:
        keep_batch_statistics(model)
    began = kept_at = time.monotonic()
    iteration, recent = start, []
    log = (wanted.out / "log.jsonl").open("a")

    def keep() -> None:
        state = {"model": model.state_dict(), "mean": mean.weights, "optimiser": optimiser.state_dict()}
        save_checkpoint(wanted.out, state | {"iteration": iteration, "seconds": seconds_before + time.monotonic() - began})

    for images, truths in loader:
        seconds = seconds_before + time.monotonic() - began
        done = max(iteration / wanted.iterations, seconds / 60 / wanted.minutes)
        if done >= 1:
            break
        rate = learning_rate(iteration, done, wanted.peak_rate)
        for group in optimiser.param_groups:
            group["lr"] = rate
        images = images.to(device).contiguous(memory_format=torch.channels_last)
        with autocast_of(device):
            losses = losses_of(model, images, [truth.to(device) for truth in truths])
            total = sum(losses.values())
        optimiser.zero_grad(set_to_none=True)
        if not torch.isfinite(total):
            raise FloatingPointError(f"iteration {iteration}: loss is {total.item()}; lower --peak-rate")
        total.backward()
        torch.nn.utils.clip_grad_norm_(trained, 5.0)
        optimiser.step()
        mean.update(model.state_dict())
        iteration += 1
        recent.append(torch.stack([loss.detach() for loss in losses.values()]))
        if iteration % 20 == 0:
            means = dict(zip(losses, (round(v, 4) for v in torch.stack(recent).mean(0).tolist()), strict=True))
            speed = (time.monotonic() - began) / (iteration - start)
            line = {"iteration": iteration, "rate": round(rate, 6), "secondsAnIteration": round(speed, 3), **means}
            print(json.dumps(line), file=log, flush=True)
            recent = []
        if time.monotonic() - kept_at > 300:
            keep()
            kept_at = time.monotonic()
    keep()
    print(f"stopped at iteration {iteration} of {wanted.iterations}; run again to go on")


if __name__ == "__main__":
    main()
