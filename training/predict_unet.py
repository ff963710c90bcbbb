"""Segments a folder of images with a trained U-Net, as label images for `particled evaluate --predictions`.

python training/predict_unet.py --run runs/unet --images .cache/validation/emps/images --out .cache/unet/emps
"""

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from crop import SMALLEST_AREA_PX
from unet import UNet
from weights import weights_of

LARGEST_SIDE_PX = 1024  # larger images are shrunk to INPUT_SIDE_PX, as the Mask R-CNN's input is
INPUT_SIDE_PX = 960
SIDE_MULTIPLE_PX = 32


def segment(model: UNet, image: np.ndarray) -> np.ndarray:
    """Labels [H, W] uint16 of a grey image [H, W] uint8: the components of its particle pixels."""
    height, width = image.shape
    scale = INPUT_SIDE_PX / max(height, width) if max(height, width) > LARGEST_SIDE_PX else 1
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    labels = components(foreground(model, small))
    return cv2.resize(labels, (width, height), interpolation=cv2.INTER_NEAREST)


def foreground(model: UNet, image: np.ndarray) -> np.ndarray:
    """Particle or not, [H, W] bool, of a grey image [H, W] uint8 of any size."""
    height, width = image.shape
    padding = ((0, -height % SIDE_MULTIPLE_PX), (0, -width % SIDE_MULTIPLE_PX))
    padded = np.pad(image, padding, mode="reflect").astype(np.float32) / 255
    with torch.no_grad():
        logits = model(torch.from_numpy(padded)[None, None])
    return logits[0, 0, :height, :width].numpy() > 0


def components(particle: np.ndarray) -> np.ndarray:
    """Connected components of a mask [H, W], numbered 1..n [H, W] uint16; dust is dropped."""
    _, labels, statistics, _ = cv2.connectedComponentsWithStats(particle.astype(np.uint8), connectivity=4)
    keep = statistics[:, cv2.CC_STAT_AREA] >= SMALLEST_AREA_PX
    keep[0] = False
    numbers = np.where(keep, keep.cumsum(), 0).astype(np.uint16)
    return numbers[labels]


def load(run: Path) -> UNet:
    """The network of a training run."""
    model = UNet()
    model.load_state_dict(weights_of(run))
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder with checkpoint.pt of a U-Net")
    parser.add_argument("--images", type=Path, required=True, help="folder of .png images")
    parser.add_argument("--out", type=Path, required=True, help="folder for one 16-bit label .png an image")
    arguments = parser.parse_args()
    paths = sorted(arguments.images.glob("*.png"))
    if not paths:
        raise FileNotFoundError(f"{arguments.images}: no .png images found")
    model = load(arguments.run)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for path in paths:
        labels = segment(model, cv2.imread(str(path), cv2.IMREAD_GRAYSCALE))
        cv2.imwrite(str(arguments.out / path.name), labels)
    print(f"{arguments.out}: {len(paths)} label images")


if __name__ == "__main__":
    main()
