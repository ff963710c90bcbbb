import torch

import boxes as bx
from matching import Grid, Truth, match_anchors, sample_anchors, sample_regions


def grids_of(side: int) -> list[Grid]:
    return [
        Grid.of(torch.zeros(1, 1, side // stride, side // stride), stride, size)
        for stride, size in zip((4, 8, 16, 32, 64), bx.ANCHOR_SIZES_PX, strict=True)
    ]


def boxes(count: int, side: int) -> torch.Tensor:
    sizes = torch.exp(torch.rand(count, 2) * 4 + 1.5)  # 4 to 240 px, many of them long
    corner = torch.rand(count, 2) * side - sizes / 2
    return torch.cat([corner, corner + sizes], 1).clamp(0, side)


def test_matching_level_by_level_is_matching_every_anchor_with_every_particle():
    torch.manual_seed(1)
    grids, truth = grids_of(256), boxes(60, 256)
    label, matched = match_anchors(grids, truth)
    overlap = bx.iou(torch.cat([grid.anchors for grid in grids]), truth)
    best = overlap.max(1).values
    reached = overlap.max(0).values.clamp(min=0.1)
    wanted = torch.where(best < 0.3, 0, torch.where(best >= 0.7, 1, -1))
    wanted[(overlap >= reached - 1e-4).any(1)] = 1
    assert torch.equal(label, wanted.float()) and (label == 1).sum() >= 50
    shown = label == 1
    assert torch.allclose(overlap[shown, matched[shown]], best[shown], atol=1e-5)


def test_an_image_without_particles_has_ground_alone():
    grids = grids_of(128)
    positive, negative, matched = sample_anchors(grids, Truth(torch.zeros(128, 128), torch.zeros(0, 4), torch.zeros(0)))
    assert len(positive) == len(matched) == 0 and len(negative) == 256


def test_no_negative_is_taken_where_nobody_labelled():
    torch.manual_seed(1)
    labels = torch.zeros(256, 256, dtype=torch.long)
    labels[20:40, 20:40] = 1
    unknown = labels == 0
    unknown[:, 128:] = False  # the right half is labelled
    box = torch.tensor([[20.0, 20, 40, 40]])
    truth = Truth(labels, box, torch.tensor([400.0]), None, unknown)
    grids = grids_of(256)
    anchors = torch.cat([grid.anchors for grid in grids])
    positive, negative, _ = sample_anchors(grids, truth)
    assert len(positive) >= 1 and len(negative) > 100
    assert (anchors[negative][:, 2] > 128).all()

    proposals = torch.tensor([[60.0, 60, 90, 90], [150, 60, 180, 90], [22, 20, 40, 40]])
    sampled = sample_regions(proposals, truth)
    ground = sampled.boxes[sampled.matched < 0]
    assert ground.tolist() == [[150, 60, 180, 90]] and (sampled.matched == 0).sum() == 2


def test_a_crop_with_hundreds_of_particles_takes_few_pairs():
    torch.manual_seed(1)
    grids, truth = grids_of(896), boxes(400, 896)
    pairs = sum(len(grid.overlaps(truth)[0]) for grid in grids)
    assert pairs < 0.01 * sum(len(grid.anchors) for grid in grids) * len(truth)
