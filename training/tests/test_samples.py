import json
from dataclasses import replace

import cv2
import numpy as np
import pytest
from test_training import discs

from appearance import _captioned, _fibres
from augment import Pool, mosaic, training_crop, whole
from crop import SMALLEST_AREA_PX, Crop, window, without_dust
from dataset import LabelledImage, Source, is_validation
from grounds import bare, grounds_of, onto_ground, painted_over
from samples import shares_of, truth_of


def filled(grey: int, certain: float, source: str = "drawn", shape: tuple[int, int] = (256, 256)) -> LabelledImage:
    """A particle that fills the image."""
    image, labels = np.full(shape, grey, np.uint8), np.ones(shape, np.uint16)
    return LabelledImage(source, "", image, labels, np.array([np.nan, certain], np.float32))


def pool_of(*images: LabelledImage) -> Pool:
    return Pool.of({"drawn": images}, {"drawn": 1.0})


def empty_crop(size: int = 200) -> Crop:
    shape = (size, size)
    return Crop(np.full(shape, 0.5, np.float32), np.zeros(shape, np.int32), np.full(1, np.nan), np.zeros(shape, bool))


def test_a_crop_numbers_its_particles_and_drops_dust():
    pool = pool_of(discs(512, 1))
    particles = []
    for seed in range(30):
        crop = training_crop(pool, 192, np.random.default_rng(seed))
        assert crop.image.shape == crop.labels.shape == crop.unknown.shape == (192, 192)
        assert crop.image.dtype == np.float32 and crop.image.min() >= 0 and crop.image.max() <= 1
        areas = np.bincount(crop.labels.ravel())[1:]
        assert (areas >= SMALLEST_AREA_PX).all()
        assert len(crop.certain) == len(areas) + 1
        particles.append(len(areas))
    assert max(particles) >= 10


def test_a_mosaic_keeps_each_particle_with_its_verdict():
    pool = pool_of(filled(200, 1), filled(50, 0))  # bright ones are certain
    seen = set()
    for seed in range(8):
        cells = 2 + seed % 2
        crop = mosaic(pool, 192, cells, np.random.default_rng(seed))
        for y in range(96 // cells, 192, 192 // cells):
            for x in range(96 // cells, 192, 192 // cells):
                assert crop.certain[crop.labels[y, x]] == (crop.image[y, x] > 0.5)
                seen.add(bool(crop.image[y, x] > 0.5))
    assert seen == {True, False}


def test_a_window_keeps_the_proportions_of_an_image_that_is_smaller_than_the_crop():
    labels = np.zeros((200, 400), np.int32)
    cv2.circle(labels, (200, 100), 40, 1, -1)
    sample = LabelledImage("drawn", "", (labels * 200).astype(np.uint8), labels, np.full(2, np.nan, np.float32))
    for seed in range(10):
        crop = window(sample, 384, 384, (0.3, 0.5), np.random.default_rng(seed))
        rows, columns = np.ptp(np.nonzero(crop.labels), axis=1) if crop.labels.any() else (1, 1)
        if not (crop.labels[[0, -1]].any() or crop.labels[:, [0, -1]].any()) and rows > 100:
            assert 0.75 < rows / columns < 1.35


@pytest.mark.parametrize("shape", [(200, 400), (400, 200)])
def test_a_whole_image_lies_in_the_crop_with_a_strip_of_another(shape):
    crop = whole(pool_of(filled(200, 1, shape=shape)), 256, np.random.default_rng(1))
    first = (crop.labels == 1).sum()
    assert first == 128 * 256 and len(crop.certain) == 4


def test_dropped_dust_leaves_the_verdicts_of_the_others():
    labels = np.zeros((40, 40), np.int32)
    labels[0, :23], labels[10:20, :20], labels[30:40, :20] = 1, 2, 3  # 23, 200 and 200 pixels
    certain = np.array([np.nan, 1, 0, 1], np.float32)
    crop = without_dust(Crop(labels.astype(np.float32), labels, certain, np.zeros((40, 40), bool)))
    assert crop.certain[1:].tolist() == [0, 1]
    assert crop.labels[15, 5] == 1 and crop.labels[35, 5] == 2 and crop.labels[0, 5] == 0


def test_bare_ground_shows_no_particle():
    sample = discs(512, 1)
    grounds = grounds_of({"drawn": [sample]})
    assert len(grounds) == 1 and grounds[0].max() < 100  # the discs are 140 and brighter
    for seed in range(10):
        crop = bare(sample, grounds, 96, 160, np.random.default_rng(seed))
        assert crop.image.shape == (96, 160) and not crop.labels.any() and crop.image.max() < 0.4
    assert bare(filled(200, 1), [], 96, 96, np.random.default_rng(1)) is None


def test_particles_laid_on_another_ground_stay_as_they_are():
    crop = window(discs(512, 2), 256, 256, (1, 1), np.random.default_rng(3))
    image = onto_ground(crop, [np.full((300, 300), 20, np.uint8)], np.random.default_rng(4))
    inside = cv2.erode((crop.labels > 0).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    assert inside.any() and np.allclose(image[inside], crop.image[inside], atol=0.02)


def test_a_caption_ends_the_particles_under_its_bar():
    crop = replace(empty_crop(), labels=np.ones((200, 200), np.int32), certain=np.array([np.nan, 1]))
    for seed in range(20):
        captioned = _captioned(crop, np.random.default_rng(seed))
        hidden = captioned.labels == 0
        assert hidden.sum() <= 0.09 * 200 * 200 and (captioned.image != crop.image).any()
        assert not hidden.any() or (hidden.all(1).sum() * 200 == hidden.sum())


def test_fibres_cross_the_ground_and_no_particle():
    ground = np.ones((200, 200), bool)
    ground[50:150, 50:150] = False
    image = _fibres(np.full((200, 200), 0.5, np.float32), ground, np.random.default_rng(2))
    assert (image[~ground] == 0.5).all() and (image[ground] != 0.5).mean() > 0.02


def test_what_a_partly_labelled_source_leaves_unlabelled_is_unknown(tmp_path):
    folder = tmp_path / "ampis-satellites"
    for kind in ("images", "labels"):
        (folder / kind).mkdir(parents=True)
    sample = discs(256, 1)
    for name in ("labelled", "not"):
        cv2.imwrite(str(folder / "images" / f"{name}.png"), sample.image)
    cv2.imwrite(str(folder / "labels" / "labelled.png"), sample.labels.astype(np.uint16))
    source = Source(folder, lambda name: True)
    assert source.names == ["labelled"]
    assert (source[0].unknown == (source[0].labels == 0)).all()
    crop = window(source[0], 128, 128, (0.5, 0.5), np.random.default_rng(1))
    truth = truth_of(without_dust(crop))
    assert truth.unknown is not None and not truth.unknown[truth.labels > 0].any()
    assert not bare(source[0], [], 64, 64, np.random.default_rng(1))


def test_a_label_of_touching_agglomerates_is_neither_particle_nor_ground(tmp_path):
    folder = tmp_path / "agglomerates"
    for kind in ("images", "labels"):
        (folder / kind).mkdir(parents=True)
    labels = np.zeros((100, 200), np.uint16)
    labels[20:60, 20:60] = 1  # a square fills its hull
    labels[20:80, 120:130] = labels[70:80, 120:180] = 2  # an L of 60 x 10: 1100 of some 2400 px
    cv2.imwrite(str(folder / "images" / "a.png"), np.where(labels > 0, 200, 50).astype(np.uint8))
    cv2.imwrite(str(folder / "labels" / "a.png"), labels)
    sample = Source(folder, lambda name: True, least_solidity=0.8)[0]
    assert (Source(folder, lambda name: True)[0].labels == labels).all()
    assert (sample.labels == (labels == 1)).all()
    assert (sample.unknown == (labels == 2)).all()
    assert painted_over(sample).max() < 60


def test_shares_are_named_by_source():
    assert shares_of("emps=0.5,virtual-low=2") == {"emps": 0.5, "virtual-low": 2.0}
    with pytest.raises(ValueError, match="share 'emps': want source=share"):
        shares_of("spheres=1,emps")
    with pytest.raises(ValueError, match="share 'emps=0': is not above 0"):
        shares_of("emps=0")


def test_a_fifth_of_the_corrected_tiles_is_kept_out_by_the_content_hash_in_their_names():
    names = [f"tile_{n}-{n * 2654435761 % 2**32:08x}" for n in range(1000)]
    kept_out = [name for name in names if is_validation("corrections", name)]
    assert 150 < len(kept_out) < 250
    assert kept_out == [name for name in names if is_validation("corrections-2026", name)]
    assert not is_validation("correctionsX", kept_out[0]) and not is_validation("corrections", "tile_without_hash")


def test_corrected_tiles_are_read_with_their_verdicts_and_particles_brighter_than_the_ground(tmp_path):
    folder = tmp_path / "corrections"
    for part in ("images", "labels", "truth"):
        (folder / part).mkdir(parents=True)
    labels = np.zeros((40, 60), np.uint16)
    labels[5:15, 5:15], labels[20:30, 20:30] = 1, 2
    cv2.imwrite(str(folder / "images" / "a-00000001.png"), np.where(labels > 0, 30, 200).astype(np.uint8))
    cv2.imwrite(str(folder / "labels" / "a-00000001.png"), labels)
    verdicts = [{"label": 1, "verdict": "certain"}, {"label": 2, "verdict": "uncertain"}]
    (folder / "truth" / "a-00000001.json").write_text(json.dumps({"particles": verdicts}))
    [tile] = Source(folder, lambda name: not is_validation("corrections", name))
    assert tile.certain[1:].tolist() == [1, 0]
    assert tile.image[10, 10] == 225 and tile.image[0, 0] == 55
