"""Writes the network as the paper built it, with random weights, to measure its time and memory only.

Mask R-CNN with ResNet-50 and a feature pyramid of 256 channels (He et al. 2017, arXiv 1703.06870), masks pasted
at the image's full size inside the graph as torchvision's export does.

python training/paper_network.py --manifest models/low/manifest.json --out .cache/models/paper
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

import boxes as bx
from export import export
from heads import CONFIDENCE_BINS
from network import BOX_WEIGHTS, Limits, MaskRCNN, pool_regions
from onnx_ops import nms

CHANNELS = 256
BOX_FEATURES = 1024
STAGES = ((3, 64, 1), (4, 128, 2), (6, 256, 2), (3, 512, 2))  # blocks, width, stride; He et al. 2016, table 1
# Random weights mean nothing by their scores: nothing is left out for them, the first hundred go on.
LIMITS = Limits(proposal_floor=0.0, detections=100, detection_floor=0.0, detection_overlap=0.5)


def _conv(inputs: int, outputs: int, kernel: int = 1, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )


class Bottleneck(nn.Module):
    """Residual block of ResNet-50 (He et al. 2016, arXiv 1512.03385, figure 5)."""

    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        outputs = width * 4
        self.layers = nn.Sequential(
            _conv(inputs, width), _conv(width, width, 3, stride), nn.Conv2d(width, outputs, 1), nn.BatchNorm2d(outputs)
        )
        nn.init.constant_(self.layers[-1].weight, 0.1)  # sixteen random blocks must not outgrow the boxes' range
        self.shortcut = nn.Conv2d(inputs, outputs, 1, stride) if stride > 1 or inputs != outputs else nn.Identity()

    def forward(self, x):
        return F.relu(self.layers(x) + self.shortcut(x))


class ResNet50(nn.Module):
    """Image [B, 1, H, W] -> maps of 256, 512, 1024 and 2048 channels with strides 4, 8, 16 and 32."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(_conv(1, 64, 7, 2), nn.MaxPool2d(3, 2, 1))
        inputs, stages = 64, []
        for blocks, width, stride in STAGES:
            stages.append(nn.Sequential(*(
                Bottleneck(inputs if i == 0 else width * 4, width, stride if i == 0 else 1) for i in range(blocks)
            )))  # fmt: skip
            inputs = width * 4
        self.stages = nn.ModuleList(stages)

    def forward(self, image):
        x, maps = self.stem(image), []
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        return maps


class Pyramid(nn.Module):
    """Feature pyramid with full 3 x 3 convolutions, five levels."""

    def __init__(self):
        super().__init__()
        self.lateral = nn.ModuleList(nn.Conv2d(width * 4, CHANNELS, 1) for _, width, _ in STAGES)
        self.output = nn.ModuleList(nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1) for _ in STAGES)

    def forward(self, maps):
        merged = [lateral(x) for lateral, x in zip(self.lateral, maps, strict=True)]
        for i in range(len(merged) - 2, -1, -1):
            merged[i] = merged[i] + F.interpolate(merged[i + 1], scale_factor=2.0, mode="nearest")
        levels = [output(x) for output, x in zip(self.output, merged, strict=True)]
        return [*levels, F.max_pool2d(levels[-1], 1, 2)]


class PaperNetwork(MaskRCNN):
    """Grey image [1, 1, H, W] -> 100 boxes, scores, bins, and masks at full size [100, 1, H, W]."""

    def __init__(self):
        super().__init__(LIMITS)
        del self.detail_head
        self.backbone, self.pyramid = ResNet50(), Pyramid()
        shared = self.proposal_head
        shared.shared = nn.Sequential(nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1), nn.ReLU())
        shared.objectness = nn.Conv2d(CHANNELS, shared.objectness.out_channels, 1)
        shared.offsets = nn.Conv2d(CHANNELS, shared.offsets.out_channels, 1)
        nn.init.normal_(shared.offsets.weight, std=0.01)
        self.box_head = nn.Sequential(
            nn.Flatten(), nn.Linear(CHANNELS * 49, BOX_FEATURES), nn.ReLU(),
            nn.Linear(BOX_FEATURES, BOX_FEATURES), nn.ReLU(),
            nn.Linear(BOX_FEATURES, 2 + 4 + CONFIDENCE_BINS),
        )  # fmt: skip
        self.mask_head = nn.Sequential(
            *(nn.Sequential(nn.Conv2d(CHANNELS, CHANNELS, 3, padding=1), nn.ReLU()) for _ in range(4)),
            nn.ConvTranspose2d(CHANNELS, CHANNELS, 2, 2), nn.ReLU(), nn.Conv2d(CHANNELS, 1, 1),
        )  # fmt: skip

    def forward(self, image):
        levels = self.features(image)
        proposals, _ = self.propose(image, levels)
        regions, proposals = pool_regions(levels, proposals, 7)
        objectness, offsets, bins = self.box_head(regions).split((2, 4, CONFIDENCE_BINS), 1)
        scores = objectness.softmax(1)[:, 1]
        found = bx.clip(bx.decode(offsets, proposals, BOX_WEIGHTS), image)
        kept = nms(found, scores, LIMITS.detection_overlap, LIMITS.detection_floor, LIMITS.detections)
        regions, found, order = pool_regions(levels, found[kept], 14, with_order=True)
        kept = kept[order]
        masks = paste(self.mask_head(regions).sigmoid()[:, 0], found.long(), image)
        return found, scores[kept], bins[kept].softmax(1), masks[:, None]


@torch.jit.script_if_tracing
def paste(masks: torch.Tensor, boxes: torch.Tensor, image: torch.Tensor) -> torch.Tensor:
    """Masks [N, H, W] of the image's size from masks [N, 28, 28] and boxes [N, 4] in whole pixels, one after another."""
    height, width = image.shape[2], image.shape[3]
    pasted = torch.zeros(0, height, width)
    for i in range(masks.size(0)):
        left, top = int(boxes[i, 0]), int(boxes[i, 1])
        right, bottom = min(max(int(boxes[i, 2]), left + 1), width), min(max(int(boxes[i, 3]), top + 1), height)
        mask = F.interpolate(masks[i][None, None], size=(bottom - top, right - left), mode="bilinear", align_corners=False)
        pasted = torch.cat([pasted, F.pad(mask[0], (left, width - right, top, height - bottom))])
    return pasted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--manifest", type=Path, required=True, help="of any model: input size and thresholds are kept")
    parser.add_argument("--out", type=Path, required=True, help="folder for model.onnx and manifest.json")
    parser.add_argument("--longest-side", type=int, default=1728, help="input size in pixels; the paper's tiles had 1728")
    parser.add_argument("--seed", type=int, default=20261123)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    model = PaperNetwork().eval()
    arguments.out.mkdir(parents=True, exist_ok=True)
    path = arguments.out / "model.onnx"
    export(model, path)

    manifest = json.loads(arguments.manifest.read_text())
    manifest["name"] = arguments.out.name
    manifest["description"] = "The paper's architecture with RANDOM weights: to measure time and memory, never particles."
    manifest["file"], manifest["sha256"] = path.name, hashlib.sha256(path.read_bytes()).hexdigest()
    manifest["input"]["longestSidePx"] = arguments.longest_side
    manifest["outputs"]["kind"] = "full-masks"
    manifest["confidenceBins"] = CONFIDENCE_BINS
    manifest["training"] = {"method": "none: random weights", "seed": arguments.seed}
    manifest["accuracy"] = []
    for found in ("tuning", "calibration", "recallBySize", "speed"):
        manifest.pop(found, None)
    (arguments.out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")
    parameters = sum(p.numel() for p in model.parameters()) / 1e6
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB, {parameters:.1f} million parameters, random weights")


if __name__ == "__main__":
    main()
