import sys

import cv2
import numpy as np
import torch
from test_training import discs

import train
from weights import keep_weights, weights_of


def test_a_run_goes_on_from_its_checkpoint_and_the_next_from_the_weights_kept_of_it(tmp_path, monkeypatch):
    for kind in ("images", "labels"):
        (tmp_path / "drawn" / kind).mkdir(parents=True)
    for name in ("a", "b"):
        sample = discs(256, ord(name))
        cv2.imwrite(str(tmp_path / "drawn" / "images" / f"{name}.png"), sample.image)
        cv2.imwrite(str(tmp_path / "drawn" / "labels" / f"{name}.png"), sample.labels.astype(np.uint16))

    def run(out, iterations, *more):
        given = ["--data", tmp_path, "--out", tmp_path / out, "--shares", "drawn=1", "--iterations", iterations, *more]
        given += ["--batch", 1, "--crop", 128, "--workers", 0]
        monkeypatch.setattr(sys, "argv", ["train.py", *map(str, given)])
        train.main()
        return torch.load(tmp_path / out / "checkpoint.pt", weights_only=True)

    first = run("first", 1)
    second = run("first", 2)
    assert (first["iteration"], second["iteration"]) == (1, 2)
    name = "box_head.objectness.weight"
    assert not torch.equal(first["mean"][name], second["mean"][name])
    assert not torch.equal(second["mean"][name], second["model"][name])
    assert torch.equal(weights_of(tmp_path / "first")[name], second["mean"][name])

    keep_weights(tmp_path / "kept.safetensors", second["mean"])
    frozen, statistics = "backbone._conv_stem.weight", "mask_head.layers.1.running_mean"
    third = run("third", 1, "--start-from", tmp_path / "kept.safetensors")
    for kept in (frozen, statistics):
        assert torch.allclose(third["model"][kept], second["mean"][kept], rtol=1e-3, atol=1e-6)
