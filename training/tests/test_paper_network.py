import warnings

import onnxruntime
import torch

from onnx_ops import OPSET
from paper_network import PaperNetwork, paste


class Paste(torch.nn.Module):
    def forward(self, masks, boxes, image):
        return paste(masks, boxes, image)


def test_masks_are_pasted_where_their_boxes_are():
    masks = torch.ones(2, 28, 28)
    masks[1, :, 14:] = 0
    boxes = torch.tensor([[3, 2, 9, 7], [0, 0, 28, 14]])
    pasted = paste(masks, boxes, torch.zeros(1, 1, 20, 30))
    assert pasted.shape == (2, 20, 30)
    wanted = torch.zeros(2, 20, 30)
    wanted[0, 2:7, 3:9] = wanted[1, :14, :14] = 1
    assert torch.allclose(pasted, wanted)


def test_the_exported_pasting_is_the_same_for_any_number_of_masks(tmp_path):
    path = tmp_path / "paste.onnx"
    inputs = (torch.rand(2, 28, 28), torch.tensor([[0, 0, 5, 5], [2, 2, 8, 8]]), torch.zeros(1, 1, 16, 16))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Paste(), inputs, str(path), dynamo=False, opset_version=OPSET, input_names=["masks", "boxes", "image"],
            output_names=["pasted"], dynamic_axes={"masks": {0: "n"}, "boxes": {0: "n"}, "image": {2: "h", 3: "w"}},
        )  # fmt: skip
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    masks, image = torch.rand(3, 28, 28), torch.zeros(1, 1, 32, 48)
    boxes = torch.tensor([[1, 1, 40, 20], [0, 0, 48, 32], [47, 31, 48, 32]])
    exported = session.run(None, {"masks": masks.numpy(), "boxes": boxes.numpy(), "image": image.numpy()})[0]
    assert torch.allclose(torch.from_numpy(exported), paste(masks, boxes, image), atol=1e-5)


def test_random_weights_give_a_hundred_regions_with_masks_of_the_images_size():
    torch.manual_seed(1)
    with torch.no_grad():
        boxes, scores, bins, masks = PaperNetwork().eval()(torch.rand(1, 1, 96, 128))
    assert masks.shape == (100, 1, 96, 128)
    assert boxes.shape == (100, 4) and scores.shape == (100,) and bins.shape == (100, 6)
