"""What a teacher labels: particles that two looks outline alike, one by one, cut off by no window."""

import numpy as np
import torch
from torch.nn import functional

from teacher import Found, agreed, found_in, labels_of
from teacher import _is_cut as is_cut
from teacher import _starts as starts


def square(top: int, left: int, side: int, score: float = 0.9) -> Found:
    return Found(score, top, left, np.ones((side, side), bool))


def test_only_what_two_looks_outline_alike_is_kept():
    twice, again = square(0, 0, 10, 0.9), square(1, 0, 10, 0.8)  # IoU 90 / 110
    once, shifted = square(40, 40, 10), square(46, 40, 10)  # IoU 40 / 160
    assert agreed([twice, again, once, shifted]) == [twice]


def test_outlines_that_touch_nowhere_are_not_alike():
    assert agreed([square(0, 0, 10), square(0, 30, 10)]) == []


def test_an_outline_around_particles_that_fill_it_is_left_out():
    group = square(0, 0, 20)
    members = [square(0, 0, 10), square(10, 0, 10), square(0, 10, 10)]  # 300 of 400 px
    labels = labels_of([group, *members], (20, 20))
    assert labels.max() == 3
    assert np.count_nonzero(labels) == 300


def test_a_small_particle_lies_over_the_large_one_that_carries_it():
    labels = labels_of([square(0, 0, 20), square(5, 5, 6)], (20, 20))
    assert sorted(np.bincount(labels.ravel())[1:].tolist()) == [36, 364]


def test_windows_overlap_by_half_and_reach_the_end():
    assert starts(1280, 640) == [0, 320, 640]
    assert starts(640, 640) == [0]
    assert starts(896, 640) == [0, 256]


def test_a_region_is_cut_by_the_window_but_not_by_the_image():
    image, window = np.zeros((1280, 1280), np.uint8), np.zeros((640, 640), np.uint8)
    assert is_cut((0, 100), (50, 150), 0, 320, window, image)
    assert not is_cut((0, 100), (50, 150), 0, 0, window, image)
    assert is_cut((100, 600), (150, 640), 0, 0, window, image)
    assert not is_cut((100, 600), (150, 640), 640, 0, window, image)


class FindsOneBrightPatch:
    """In the place of a network: outlines what is bright, whatever it is shown."""

    def __call__(self, image):
        bright = image[0, 0] > 0.5
        rows, columns = torch.nonzero(bright.any(1))[:, 0], torch.nonzero(bright.any(0))[:, 0]
        if len(rows) == 0:
            return torch.zeros(0, 4), torch.zeros(0), None, torch.zeros(0, 1, 56, 56), None
        y0, y1, x0, x1 = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
        mask = functional.interpolate(bright[None, None, y0:y1, x0:x1].float(), size=(56, 56))
        return torch.tensor([[x0, y0, x1, y1]]).float(), torch.tensor([0.9]), None, mask, None


def test_looks_enlarged_and_upside_down_give_the_outline_where_it_lies():
    image = np.zeros((640, 640), np.uint8)
    image[100:140, 40:100], image[140:160, 40:60] = 255, 255  # a hook: neither flipped nor moved is it the same
    labels = labels_of(agreed(found_in(FindsOneBrightPatch(), image)), image.shape)
    assert labels.max() == 1
    both = np.count_nonzero((labels > 0) & (image > 0))
    assert both / np.count_nonzero((labels > 0) | (image > 0)) > 0.9
