"""Exports a run with no floors, so that even an untrained network finds something, and says what it finds.

For test/end-to-end/trained-network.test.ts, which asks onnxruntime in Node for the same:
python training/tests/first_result.py --run RUN --image FILE.png --out FOLDER
"""

import argparse
import json
import sys
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

sys.path.append(str(Path(__file__).parent.parent))
from export import OUTPUTS, export, load
from network import Limits
from quantise import Images, quantise


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--image", type=Path, required=True, help="grey, sides divisible by 32")
    parser.add_argument("--out", type=Path, required=True, help="gets exported.onnx, quantised.onnx and found.json")
    arguments = parser.parse_args()
    model, _ = load(arguments.run)
    model.limits = Limits(proposals=100, proposal_floor=0.0, detections=50, detection_floor=0.0)
    image = cv2.imread(str(arguments.image), cv2.IMREAD_GRAYSCALE)
    files = [arguments.out / name for name in ("exported.onnx", "quantised.onnx")]
    export(model, files[0])
    manifest = {"input": {"name": "image", "longestSidePx": max(image.shape), "sideMultiplePx": 32}}
    quantise(files[0], Images(arguments.image.parent, manifest), files[1])

    found = {}
    for file in files:
        session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        results = session.run(OUTPUTS, {"image": image.astype(np.float32)[None, None] / 255})
        found[file.name] = {name: values.ravel().tolist() for name, values in zip(OUTPUTS, results, strict=True)}
    (arguments.out / "found.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
