import pytest
import torch

from mean_weights import mean_of
from weights import WeightsMean, keep_weights, save_checkpoint, weights_of


def test_weights_kept_in_16_bits_come_back(tmp_path):
    weights = {"layer.weight": torch.randn(4, 4), "norm.num_batches_tracked": torch.tensor(7)}
    keep_weights(tmp_path / "kept.safetensors", weights)
    back = weights_of(tmp_path / "kept.safetensors")
    assert back["layer.weight"].dtype == torch.float32 and back["norm.num_batches_tracked"] == 7
    assert torch.allclose(back["layer.weight"], weights["layer.weight"], rtol=1e-3, atol=1e-6)
    with pytest.raises(ValueError, match=r"layer.weight reaches 100000.0"):
        keep_weights(tmp_path / "kept.safetensors", {"layer.weight": torch.tensor([1e5])})


def test_a_run_that_kept_a_mean_gives_it(tmp_path):
    for kept, wanted in (
        ({"model": {"a": torch.ones(1)}}, 1),
        ({"model": {"a": torch.ones(1)}, "mean": {"a": torch.zeros(1)}}, 0),
    ):
        save_checkpoint(tmp_path, kept)
        assert weights_of(tmp_path)["a"] == wanted


def test_the_mean_of_the_weights_is_of_the_latest_quarter():
    weights = {"a": torch.zeros(1), "count": torch.tensor(0)}
    mean = WeightsMean(weights)
    for step in range(1, 101):
        mean.update({"a": torch.full((1,), float(step)), "count": torch.tensor(step)})
    assert 75 < mean.weights["a"] < 85 and mean.weights["count"] == 100  # a mean of t with weights t ** 3: four fifths
    for _ in range(3000):
        mean.update({"a": torch.full((1,), 5.0), "count": torch.tensor(9)})
    assert mean.weights["a"] == pytest.approx(5.0, abs=0.1)


def test_the_mean_of_two_trainings_is_half_of_each_and_of_one_network_alone():
    one, other = {"a": torch.zeros(2), "count": torch.tensor(3)}, {"a": torch.ones(2), "count": torch.tensor(8)}
    mean = mean_of(one, other)
    assert (mean["a"] == 0.5).all() and mean["count"] == 8
    with pytest.raises(ValueError, match="weights of two networks"):
        mean_of(one, {"b": torch.ones(2)})
