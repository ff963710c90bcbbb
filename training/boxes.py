"""Boxes [N, 4] as x1, y1, x2, y2 in pixels: anchors, overlaps, encoding, suppression."""

import math

import torch

ANCHOR_SIZES_PX = (12, 28, 64, 144, 320)  # one a pyramid level
ANCHOR_RATIOS = (0.5, 1.0, 2.0)
LARGEST_LOG_SCALE = math.log(1000 / 16)


def anchors_of(level: torch.Tensor, stride: int, size: float) -> torch.Tensor:
    """Anchors of one feature map [.., h, w], row by row, all ratios of a place together."""
    rows = torch.arange(level.shape[2], device=level.device, dtype=torch.float32) * stride
    columns = torch.arange(level.shape[3], device=level.device, dtype=torch.float32) * stride
    y, x = torch.meshgrid(rows + stride / 2, columns + stride / 2, indexing="ij")
    centres = torch.stack([x, y, x, y], -1).reshape(-1, 1, 4)
    ratios = torch.tensor(ANCHOR_RATIOS, device=level.device).sqrt()
    half_height, half_width = size * ratios / 2, size / ratios / 2
    shape = torch.stack([-half_width, -half_height, half_width, half_height], -1)
    return (centres + shape).reshape(-1, 4)


def areas(boxes: torch.Tensor) -> torch.Tensor:
    return (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])


def iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Intersection over union of every pair, [len(a), len(b)]."""
    top_left = torch.maximum(a[:, None, :2], b[None, :, :2])
    bottom_right = torch.minimum(a[:, None, 2:], b[None, :, 2:])
    overlap = (bottom_right - top_left).clamp(min=0).prod(-1)
    return overlap / (areas(a)[:, None] + areas(b)[None, :] - overlap).clamp(min=1e-6)


def encode(boxes: torch.Tensor, anchors: torch.Tensor, weights=(1.0, 1.0)) -> torch.Tensor:
    """Offsets that turn anchors into boxes (Girshick et al. 2014, arXiv 1311.2524, appendix C)."""
    size, anchor_size = boxes[:, 2:] - boxes[:, :2], anchors[:, 2:] - anchors[:, :2]
    centre, anchor_centre = boxes[:, :2] + size / 2, anchors[:, :2] + anchor_size / 2
    shift = (centre - anchor_centre) / anchor_size * weights[0]
    scale = torch.log(size / anchor_size) * weights[1]
    return torch.cat([shift, scale], 1)


def decode(offsets: torch.Tensor, anchors: torch.Tensor, weights=(1.0, 1.0)) -> torch.Tensor:
    """The inverse of `encode`."""
    anchor_size = anchors[:, 2:] - anchors[:, :2]
    anchor_centre = anchors[:, :2] + anchor_size / 2
    centre = anchor_centre + offsets[:, :2] / weights[0] * anchor_size
    half = torch.exp((offsets[:, 2:] / weights[1]).clamp(max=LARGEST_LOG_SCALE)) * anchor_size / 2
    return torch.cat([centre - half, centre + half], 1)


def clip(boxes: torch.Tensor, image: torch.Tensor) -> torch.Tensor:
    """Boxes kept inside the image [.., H, W]."""
    height, width = image.shape[2], image.shape[3]
    x = boxes[:, 0::2].clamp(min=0).clamp(max=width)
    y = boxes[:, 1::2].clamp(min=0).clamp(max=height)
    return torch.stack([x[:, 0], y[:, 0], x[:, 1], y[:, 1]], 1)


def grow(boxes: torch.Tensor, margin: float, image: torch.Tensor) -> torch.Tensor:
    """Boxes with a margin (share of their sides) on every side, kept inside the image [.., H, W]."""
    around = (boxes[:, 2:] - boxes[:, :2]) * margin
    return clip(torch.cat([boxes[:, :2] - around, boxes[:, 2:] + around], 1), image)
