"""What the network is trained for: proposals, boxes, masks and confidence, image by image."""

import torch
from torch.nn import functional as F

import boxes as bx
from heads import CONFIDENCE_BINS, CONFIDENCE_LOSSES, FINE_SIDE, MASK_SIDE
from matching import REGIONS_SAMPLED, Grid, Sampled, Truth, sample_anchors, sample_regions
from network import BOX_WEIGHTS, FIRST_LARGE_LEVEL, MASK_MARGIN, STRIDES, MaskRCNN, level_of
from onnx_ops import nms, roi_align_batch

PROPOSALS_A_LEVEL = 700  # before and after suppression: as dense on a crop as on a tile in the product,
PROPOSALS = 1000  # so that the box head learns from all that it will be asked about,
PROPOSAL_FLOOR = 0.1  # and from some that it will not; lower where hardly any reach it
CERTAIN_IOU = 0.8  # an outline that agrees better than this with the expert's is certain
NOISE_SIGMA = 0.15
XI = 1.0


def training_losses(model: MaskRCNN, images: torch.Tensor, truths: list[Truth]) -> dict[str, torch.Tensor]:
    """Losses of a batch [B, 1, H, W]; their plain sum is minimised, as in the paper."""
    levels = [level.float() for level in model.features(images)]
    heads = [model.proposal_head(level) for level in levels]
    grids = [Grid.of(x, s, a) for x, s, a in zip(levels, STRIDES, bx.ANCHOR_SIZES_PX, strict=True)]
    logits, offsets = torch.cat([h[0] for h in heads], 1), torch.cat([h[1] for h in heads], 1)
    losses = _proposal_losses(logits, offsets, grids, truths)

    every_anchor, sizes = torch.cat([grid.anchors for grid in grids]), [len(grid.anchors) for grid in grids]
    sampled = [
        sample_regions(_proposals(images, logits[i].detach(), offsets[i].detach(), every_anchor, sizes, model), truth)
        for i, truth in enumerate(truths)
    ]
    regions, owner = _stacked([s.boxes for s in sampled])
    objectness, box_offsets, confidence = model.box_head(_pool(levels, regions, owner, 7))
    particle = torch.cat([s.matched >= 0 for s in sampled])
    losses["objectness"] = F.cross_entropy(objectness, particle.long(), reduction="sum") / max(len(particle), 1)

    positive = [s.positive() for s in sampled]
    start, owner = _stacked([p.boxes for p in positive])
    if len(start) == 0:
        zero = box_offsets.sum() * 0
        return losses | {"box": zero, "mask": zero, "detail": zero, "confidence": zero}
    wanted = torch.cat([t.boxes[p.matched] for t, p in zip(truths, positive, strict=True)])
    losses["box"] = F.smooth_l1_loss(
        box_offsets[particle], bx.encode(wanted, start, BOX_WEIGHTS), beta=0.5, reduction="sum"
    ) / len(particle)

    positive = [Sampled(bx.grow(p.boxes, MASK_MARGIN, images), p.matched) for p in positive]
    seen, _ = _stacked([p.boxes for p in positive])
    mask_logits = model.mask_head(_pool(levels, seen, owner, MASK_SIDE // 2))
    targets = _targets(truths, positive, MASK_SIDE)
    losses["mask"] = F.binary_cross_entropy_with_logits(mask_logits[:, 0], targets)
    losses["detail"] = _detail_loss(model, levels, mask_logits, seen, owner, _targets(truths, positive, FINE_SIDE))

    true_areas = torch.cat([t.areas_px[p.matched] for t, p in zip(truths, positive, strict=True)])
    agreement = outline_agreement(mask_logits.detach()[:, 0] > 0, targets > 0.5, seen, true_areas)
    verdict = torch.cat([_verdicts(t)[p.matched] for t, p in zip(truths, positive, strict=True)])
    certain = torch.zeros(len(particle), device=images.device)
    certain[particle] = torch.where(verdict.isnan(), (agreement > CERTAIN_IOU).float(), verdict)
    mistaken = ~particle & (objectness.detach().softmax(1)[:, 1] > 0.3)
    judged = particle | mistaken
    on_trial = [confidence_loss(confidence[name][judged], certain[judged], name) for name in CONFIDENCE_LOSSES]
    losses["confidence"] = torch.stack(on_trial).sum()
    return losses


def _detail_loss(model, levels, mask_logits, seen, owner, targets):
    """Large regions' outlines on the fine grid; the coarse head is not moved by it."""
    large = torch.nonzero(level_of(seen) >= FIRST_LARGE_LEVEL)[:, 0]
    if len(large) == 0:
        return mask_logits.sum() * 0
    projected = model.detail_head.project(levels[0]).float()
    details = roi_align_batch(projected, seen[large], owner[large], FINE_SIDE, 1 / STRIDES[0])
    fine = model.detail_head(mask_logits[large].detach(), details)
    return F.binary_cross_entropy_with_logits(fine[:, 0], targets[large])


def _verdicts(truth: Truth) -> torch.Tensor:
    return torch.full_like(truth.areas_px, torch.nan) if truth.certain is None else truth.certain


def _targets(truths, positive, size):
    pairs = zip(truths, positive, strict=True)
    return torch.cat([mask_targets(t.labels, p.boxes, p.matched + 1, size) for t, p in pairs])


def confidence_bins(certain: torch.Tensor) -> torch.Tensor:
    """The paper's targets: 1 or 0 with Gaussian noise, clipped to [0, 1], bin floor(k g)."""
    noisy = (certain + torch.randn_like(certain) * NOISE_SIGMA).clamp(0, 1)
    return (noisy * CONFIDENCE_BINS).floor().clamp(max=CONFIDENCE_BINS - 1).long()


def confidence_loss(logits: torch.Tensor, certain: torch.Tensor, name: str, xi: float = XI) -> torch.Tensor:
    """Loss of confidence logits [R, k] against verdicts [R] of 1 or 0.

    paper: its equation (1), cross entropy of the noisy bin with weights that fall with the
    distance of the bins; cross-entropy: of the noisy bin alone; soft-ordinal: cross entropy
    against those weights made a distribution (Diaz and Marathe 2019, CVPR).
    """
    bins = confidence_bins(certain)
    if name == "cross-entropy":
        return F.cross_entropy(logits, bins)
    classes = torch.arange(logits.shape[1], device=logits.device)
    nearness = torch.exp(-(bins[:, None] - classes[None]).abs() / xi)
    if name == "soft-ordinal":
        nearness = nearness / nearness.sum(1, keepdim=True)
    return -(nearness * logits.log_softmax(1)).sum(1).mean()


def mask_targets(labels: torch.Tensor, boxes: torch.Tensor, ids: torch.Tensor, size: int = MASK_SIDE) -> torch.Tensor:
    """Share of each mask cell that belongs to the particle, [R, size, size], from 2 x 2 points a cell."""
    steps = (torch.arange(2 * size, device=boxes.device) + 0.5) / (2 * size)
    x = (boxes[:, :1] + (boxes[:, 2:3] - boxes[:, :1]) * steps).long().clamp(0, labels.shape[1] - 1)
    y = (boxes[:, 1:2] + (boxes[:, 3:] - boxes[:, 1:2]) * steps).long().clamp(0, labels.shape[0] - 1)
    inside = labels[y[:, :, None], x[:, None, :]] == ids[:, None, None]
    return F.avg_pool2d(inside.float()[:, None], 2)[:, 0]


def outline_agreement(predicted, target, regions, true_areas_px) -> torch.Tensor:
    """IoU of each mask with its particle, the parts outside the region counted as missed."""
    cell = bx.areas(regions) / predicted.shape[-1] ** 2
    overlap = (predicted & target).sum((1, 2)) * cell
    union = predicted.sum((1, 2)) * cell + true_areas_px - overlap
    return overlap / union.clamp(min=1)


def _proposal_losses(logits, offsets, grids, truths):
    objectness, regression, count = 0, 0, 0
    anchors = torch.cat([grid.anchors for grid in grids])
    for logit, offset, truth in zip(logits, offsets, truths, strict=True):
        positive, negative, matched = sample_anchors(grids, truth)
        chosen = torch.cat([positive, negative])
        shown = (torch.arange(len(chosen), device=logit.device) < len(positive)).float()
        count += len(chosen)
        objectness = objectness + F.binary_cross_entropy_with_logits(logit[chosen], shown, reduction="sum")
        wanted = bx.encode(truth.boxes[matched], anchors[positive])
        regression = regression + F.smooth_l1_loss(offset[positive], wanted, beta=1 / 9, reduction="sum")
    return {"proposal": objectness / max(count, 1), "proposal_box": (regression + offsets.sum() * 0) / max(count, 1)}


def _proposals(images, logits, offsets, anchors, sizes, model):
    """Proposals of one image, suppressed across all levels together."""
    top, start = [], 0
    for size in sizes:
        top.append(logits[start : start + size].topk(min(PROPOSALS_A_LEVEL, size)).indices + start)
        start += size
    top = torch.cat(top)
    found = bx.clip(bx.decode(offsets[top], anchors[top]), images)
    large = bx.areas(found) >= 4
    found, scores = found[large], logits[top][large].sigmoid()
    enough = scores.topk(min(REGIONS_SAMPLED, len(scores))).values[-1].item()
    # Half of it, as regions of one score must not all fall out: an image without any would have nothing to learn from.
    return found[nms(found, scores, model.limits.proposal_overlap, min(PROPOSAL_FLOOR, enough / 2), PROPOSALS)]


def _stacked(boxes: list[torch.Tensor]) -> tuple[torch.Tensor, torch.Tensor]:
    """All images' boxes [R, 4] one after the other, and the image each one lies in [R]."""
    counts = torch.tensor([len(b) for b in boxes])
    owner = torch.repeat_interleave(torch.arange(len(boxes)), counts)
    return torch.cat(boxes), owner.to(boxes[0].device)


def _pool(levels, regions, owner, size):
    """Features of regions [R, 4] of a batch, in the regions' own order."""
    level = level_of(regions)
    pooled = levels[0].new_zeros((len(regions), levels[0].shape[1], size, size))
    for k in range(4):
        here = torch.nonzero(level == k)[:, 0]
        if len(here):
            part = roi_align_batch(levels[k], regions[here], owner[here], size, 1 / STRIDES[k])
            pooled = pooled.index_copy(0, here, part)
    return pooled
