import torch

import boxes as bx
from onnx_ops import nms, roi_align


def test_decoding_undoes_encoding():
    anchors = torch.tensor([[0.0, 0, 16, 32], [10, 10, 42, 26]])
    truth = torch.tensor([[2.0, 3, 20, 30], [8, 8, 40, 40]])
    assert torch.allclose(bx.decode(bx.encode(truth, anchors, (10, 5)), anchors, (10, 5)), truth, atol=1e-4)


def test_iou_of_squares_shifted_by_half_is_a_third():
    a = torch.tensor([[0.0, 0, 10, 10]])
    b = torch.tensor([[5.0, 0, 15, 10]])
    assert torch.isclose(bx.iou(a, b), torch.tensor([[1 / 3]]))


def test_suppression_keeps_the_best_of_each_cluster_best_first():
    boxes = torch.tensor([[0.0, 0, 10, 10], [1, 0, 11, 10], [50, 50, 60, 60], [0, 0, 10, 9]])
    scores = torch.tensor([0.8, 0.9, 0.95, 0.01])
    assert nms(boxes, scores, 0.5, 0.05, 10).tolist() == [2, 1]


def test_pooling_a_ramp_gives_its_value_at_the_middle_of_each_bin():
    ramp = torch.arange(32.0).repeat(32, 1)[None, None] + 0.5  # value x at pixel centres x
    pooled = roi_align(ramp, torch.tensor([[4.0, 4, 18, 18]]), 7, 1.0)
    assert torch.allclose(pooled[0, 0, 0], 4 + 2 * torch.arange(7.0) + 1, atol=1e-4)


def test_anchors_stand_on_the_centres_of_their_cells():
    anchors = bx.anchors_of(torch.zeros(1, 1, 2, 3), stride=4, size=16)
    assert anchors.shape == (2 * 3 * len(bx.ANCHOR_RATIOS), 4)
    assert torch.allclose((anchors[0, :2] + anchors[0, 2:]) / 2, torch.tensor([2.0, 2.0]))
    assert torch.allclose((anchors[3, :2] + anchors[3, 2:]) / 2, torch.tensor([6.0, 2.0]))
