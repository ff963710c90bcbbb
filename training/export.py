"""Writes a checkpoint as ONNX, ending at the mask of each region, beside its manifest.

python training/export.py --run RUN --model models/low
"""

import argparse
import hashlib
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

from heads import CONFIDENCE_LOSSES
from network import MaskRCNN
from onnx_ops import OPSET, register_onnx_forms
from weights import iteration_of, weights_of

PARTICLES = ["boxes", "scores", "sem-scores", "masks"]
OUTPUTS = [*PARTICLES, "limit-use"]


def export(model: MaskRCNN, path: Path) -> None:
    """Traces one image of any size (sides divisible by 32) through the network into one ONNX file."""
    register_onnx_forms()
    example = torch.rand(1, 1, 320, 384)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of every shape it keeps symbolic
        torch.onnx.export(
            model.eval(), (example,), str(path), dynamo=False, opset_version=OPSET,
            input_names=["image"], output_names=OUTPUTS,
            dynamic_axes={"image": {2: "height", 3: "width"}, **{name: {0: "particles"} for name in PARTICLES}},
        )  # fmt: skip
    onnx.checker.check_model(str(path), full_check=True)


def compare(model: MaskRCNN, path: Path, image: np.ndarray) -> float:
    """Largest difference between torch's and onnxruntime's objectness on one image, best first."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    exported = np.sort(session.run(["scores"], {"image": image})[0])[::-1]
    with torch.no_grad():
        direct = np.sort(model(torch.from_numpy(image))[1].numpy())[::-1]
    if len(exported) != len(direct):
        raise ValueError(f"{path}: onnxruntime finds {len(exported)} regions, torch {len(direct)}")
    return float(np.abs(exported - direct).max(initial=0))


def load(run: Path, confidence: str = CONFIDENCE_LOSSES[0]) -> tuple[MaskRCNN, int | None]:
    """The network of a run or of kept weights, with the confidence of one loss, and the iteration it reached."""
    model = MaskRCNN(confidence=confidence)
    model.load_state_dict(weights_of(run))
    return model.eval(), iteration_of(run)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder with checkpoint.pt, or weights kept as .safetensors")
    parser.add_argument("--model", type=Path, required=True, help="folder with manifest.json; gets model.onnx")
    parser.add_argument("--confidence", choices=CONFIDENCE_LOSSES, default=CONFIDENCE_LOSSES[0], help="whose bins")
    arguments = parser.parse_args()
    model, iteration = load(arguments.run, arguments.confidence)
    path = arguments.model / "model.onnx"
    export(model, path)
    image = np.random.default_rng(1).random((1, 1, 256, 352), dtype=np.float32)
    difference = compare(model, path, image)

    manifest_path = arguments.model / "manifest.json"
    manifest = json.loads(manifest_path.read_text())
    manifest["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    if iteration is not None:
        manifest["training"]["iterations"] = iteration
    manifest_path.write_text(json.dumps(manifest, indent=2) + "\n")
    size, iteration = path.stat().st_size / 1e6, manifest["training"]["iterations"]
    print(f"{path}: {size:.1f} MB, iteration {iteration}, torch and onnxruntime differ by {difference:.1e}")


if __name__ == "__main__":
    main()
