"""Three operators that torch has only in compiled torchvision or not at all, each with its ONNX form.

In torch they run as plain tensor code on CPU and CUDA; in an export each becomes one ONNX node
(or, for `take_top`, three), so that the network's forward pass is written once.
"""

import numpy as np
import torch
from torch.nn import functional as F

try:  # compiled, where torchvision fits the installed torch
    from torchvision import ops as compiled
except (ImportError, RuntimeError):
    compiled = None

OPSET = 17


@torch.library.custom_op("particled::nms", mutates_args=())
def nms(boxes: torch.Tensor, scores: torch.Tensor, overlap: float, floor: float, most: int) -> torch.Tensor:
    """Indices of boxes kept by greedy suppression, best first; scores at or under `floor` are left out."""
    if compiled is not None:
        wanted = torch.nonzero(scores > floor)[:, 0]
        return wanted[compiled.nms(boxes[wanted], scores[wanted], overlap)[:most]]
    order = scores.argsort(descending=True)
    order = order[scores[order] > floor]
    # Kept boxes against those after them, one at a time: of 3,000 boxes most fall out, so that all pairs would be
    # ten times the work.
    left, top, right, bottom = boxes[order].float().cpu().numpy().T
    area, alive, kept = (right - left) * (bottom - top), np.ones(len(order), bool), []
    for i in range(len(order)):
        if alive[i]:
            kept.append(i)
            if len(kept) == most:
                break
            after = slice(i + 1, None)
            wide = np.minimum(right[i], right[after]) - np.maximum(left[i], left[after])
            high = np.minimum(bottom[i], bottom[after]) - np.maximum(top[i], top[after])
            shared = wide.clip(0) * high.clip(0)
            alive[after] &= shared <= overlap * (area[i] + area[after] - shared)
    return order[torch.tensor(kept, dtype=torch.long, device=order.device)]


@torch.library.custom_op("particled::take_top", mutates_args=())
def take_top(scores: torch.Tensor, most: int) -> torch.Tensor:
    """Indices of the `most` highest scores, or of all if there are fewer."""
    return scores.topk(min(most, len(scores))).indices


@torch.library.custom_op("particled::roi_align_onnx", mutates_args=())
def _roi_align_onnx(level: torch.Tensor, boxes: torch.Tensor, size: int, scale: float) -> torch.Tensor:
    return _roi_align(level, boxes, size, scale)


def roi_align(level: torch.Tensor, boxes: torch.Tensor, size: int, scale: float) -> torch.Tensor:
    """Features [R, C, size, size] of boxes [R, 4] on one map [1, C, h, w], one sample a bin.

    He et al. 2017 (arXiv 1703.06870) with half-pixel centres; one sample where they take four is a
    quarter of the work, and the heads learn with it. The ONNX form is RoiAlign-16.
    """
    if torch.onnx.is_in_onnx_export():
        return _roi_align_onnx(level, boxes, size, scale)
    return _roi_align(level, boxes, size, scale)


def roi_align_batch(level: torch.Tensor, boxes: torch.Tensor, owner: torch.Tensor, size: int, scale: float):
    """Features [R, C, size, size] of boxes [R, 4], each on the map `owner` [R] of level [B, C, h, w]."""
    if compiled is not None:
        numbered = torch.cat([owner[:, None].to(boxes.dtype), boxes], 1)
        return compiled.roi_align(level, numbered, size, scale, sampling_ratio=1, aligned=True)
    pooled = level.new_zeros((len(boxes), level.shape[1], size, size))
    for image in owner.unique().tolist():
        here = torch.nonzero(owner == image)[:, 0]
        pooled = pooled.index_copy(0, here, _roi_align(level[image : image + 1], boxes[here], size, scale))
    return pooled


def _roi_align(level, boxes, size, scale):
    if compiled is not None:
        return compiled.roi_align(level, [boxes], size, scale, sampling_ratio=1, aligned=True)
    if len(boxes) == 0:
        return level.new_zeros((0, level.shape[1], size, size))
    steps = (torch.arange(size, device=level.device) + 0.5) / size
    corner, extent = boxes[:, :2] * scale, (boxes[:, 2:] - boxes[:, :2]) * scale
    x = corner[:, :1] + extent[:, :1] * steps
    y = corner[:, 1:] + extent[:, 1:] * steps
    height, width = level.shape[2:]
    grid = torch.stack(
        [
            (x * 2 / width - 1)[:, None, :].expand(-1, size, -1),
            (y * 2 / height - 1)[:, :, None].expand(-1, -1, size),
        ],
        -1,
    )
    samples = F.grid_sample(level, grid.reshape(1, -1, size, 2), padding_mode="border", align_corners=False)[0]
    return samples.reshape(level.shape[1], len(boxes), size, size).transpose(0, 1)


def register_onnx_forms() -> None:
    """Tells torch's exporter which ONNX nodes stand for the operators above."""
    from torch.onnx import register_custom_op_symbolic, symbolic_helper

    def constant(g, value, kind):
        return g.op("Constant", value_t=torch.tensor(value, dtype=kind))

    @symbolic_helper.parse_args("v", "v", "f", "f", "i")
    def nms_form(g, boxes, scores, overlap, floor, most):
        batched = symbolic_helper._unsqueeze_helper(g, boxes, [0])
        classes = symbolic_helper._unsqueeze_helper(g, scores, [0, 1])
        chosen = g.op(
            "NonMaxSuppression",
            batched,
            classes,
            constant(g, [most], torch.int64),
            constant(g, [overlap], torch.float32),
            constant(g, [floor], torch.float32),
        )
        last = g.op("Gather", chosen, constant(g, 2, torch.int64), axis_i=1)
        return last

    @symbolic_helper.parse_args("v", "i")
    def take_top_form(g, scores, most):
        count = g.op("Min", g.op("Shape", scores), constant(g, [most], torch.int64))
        _, indices = g.op("TopK", scores, count, axis_i=0, outputs=2)
        return indices

    @symbolic_helper.parse_args("v", "v", "i", "f")
    def roi_align_form(g, level, boxes, size, scale):
        count = g.op("Gather", g.op("Shape", boxes), constant(g, [0], torch.int64), axis_i=0)
        images = g.op("Expand", constant(g, [0], torch.int64), count)
        return g.op(
            "RoiAlign",
            level,
            boxes,
            images,
            coordinate_transformation_mode_s="half_pixel",
            mode_s="avg",
            output_height_i=size,
            output_width_i=size,
            sampling_ratio_i=1,
            spatial_scale_f=scale,
        )

    register_custom_op_symbolic("particled::nms", nms_form, OPSET)
    register_custom_op_symbolic("particled::take_top", take_top_form, OPSET)
    register_custom_op_symbolic("particled::roi_align_onnx", roi_align_form, OPSET)
