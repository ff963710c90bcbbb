"""Changes what a crop looks like, as desktop SEMs, tapes and image programs do; its particles stay where they are."""

from dataclasses import replace

import cv2
import numpy as np

from crop import Crop

LARGEST_HOLE = 0.3  # half the length of a hole or bubble in the tape, as a share of the crop
CAPTION_WORDS = ("15.0kV", "x500", "50um", "BSD", "SED Full", "10.0 um", "WD 8.2mm", "2000x", "S-3400N", "mag", "100 nm")


def photometric(crop: Crop, rng: np.random.Generator) -> Crop:
    """Marks on the ground, blur, shading, contrast and noise; sometimes a caption burnt in."""
    image, ground = crop.image, (crop.labels == 0) & ~crop.unknown
    if rng.random() < 0.35:
        image = _dark_holes(image, ground, rng)
    if rng.random() < 0.15:
        image = _fibres(image, ground, rng)
    if rng.random() < 0.3:
        image = _dust(image, ground, rng)
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.3:
        image = _shading(image, rng)
    image = np.clip(image, 0, 1) ** rng.uniform(0.6, 1.7)
    mean = image.mean()
    image = (image - mean) * rng.uniform(0.4, 1.5) + mean * rng.uniform(0.6, 1.4)
    if rng.random() < 0.6:
        noise = rng.standard_normal(image.shape, dtype=np.float32)
        image = image + noise * rng.uniform(0.005, 0.09) * np.sqrt(np.clip(image, 0.1, 1))
    crop = replace(crop, image=np.clip(image, 0, 1).astype(np.float32))
    return _captioned(crop, rng) if rng.random() < 0.15 else crop


def _dark_holes(image, ground, rng) -> np.ndarray:
    """Bubbles and holes in the carbon tape: dark discs on the ground, some with a bright rim."""
    size = image.shape[0]
    dim = np.ones_like(image)
    rim = np.zeros_like(image)
    for _ in range(rng.integers(1, 10)):
        centre = tuple(int(v) for v in rng.integers(0, size, 2))
        long = np.exp(rng.uniform(np.log(3), np.log(size * LARGEST_HOLE)))
        axes = (int(long), max(2, int(long * rng.uniform(0.6, 1))))
        angle = rng.uniform(0, 180)
        cv2.ellipse(dim, centre, axes, angle, 0, 360, rng.uniform(0.15, 0.7), -1)
        if rng.random() < 0.4:
            cv2.ellipse(rim, centre, axes, angle, 0, 360, rng.uniform(0.05, 0.3), int(rng.integers(1, 2 + long / 8)))
    softness = np.exp(rng.uniform(np.log(0.5), np.log(8)))
    dim, rim = cv2.GaussianBlur(dim, (0, 0), softness), cv2.GaussianBlur(rim, (0, 0), softness)
    return np.where(ground, image * dim + rim, image)


def _fibres(image, ground, rng) -> np.ndarray:
    """Fibres, ridges and scratches: long bent bands, brighter or darker than the ground, under the particles."""
    size = image.shape[0]
    for _ in range(rng.integers(1, 16)):
        angle, length = rng.uniform(0, 2 * np.pi), size * rng.uniform(0.3, 2)
        along = np.linspace(-length / 2, length / 2, 40)
        bend = rng.normal(0, length * 0.08) * np.sin(along / length * rng.uniform(1, 6) + rng.uniform(0, 6))
        x, y = rng.uniform(0, size, 2)
        line = np.stack(
            [x + along * np.cos(angle) - bend * np.sin(angle), y + along * np.sin(angle) + bend * np.cos(angle)], 1
        )
        width = max(1, round(np.exp(rng.uniform(0, np.log(size * 0.05)))))
        band = np.zeros_like(image)
        cv2.polylines(band, [line.round().astype(np.int32)], False, 1.0, width, cv2.LINE_AA)
        soft = cv2.GaussianBlur(band, (0, 0), max(0.5, width * rng.uniform(0.1, 0.35)))
        image = np.where(ground, image + soft * rng.choice([-1, 1, 1]) * rng.uniform(0.04, 0.3), image)
    return image


def _dust(image, ground, rng) -> np.ndarray:
    """Bright specks far smaller than any counted particle."""
    size = image.shape[0]
    specks = np.zeros_like(image)
    count = int(rng.integers(10, 500))
    specks[rng.integers(0, size, count), rng.integers(0, size, count)] = rng.uniform(0.5, 4, count)
    specks = cv2.GaussianBlur(specks, (0, 0), rng.uniform(0.5, 1.1))
    return np.where(ground, image + specks, image)


def _shading(image, rng) -> np.ndarray:
    corners = rng.uniform(-0.2, 0.2, (2, 2)).astype(np.float32)
    return image + cv2.resize(corners, image.shape[::-1], interpolation=cv2.INTER_LINEAR)


def _captioned(crop: Crop, rng) -> Crop:
    """A bar with text along an edge, which ends the particles that it covers, or text and scale bar over them."""
    size = crop.image.shape[0]
    image, labels, unknown = crop.image.copy(), crop.labels.copy(), crop.unknown.copy()
    high = int(size * rng.uniform(0.03, 0.09))
    top = 0 if rng.random() < 0.2 else size - high
    paper, ink = (0.0, 1.0) if rng.random() < 0.6 else (1.0, 0.0)
    if rng.random() < 0.6:
        band = slice(top, top + high)
        image[band], labels[band], unknown[band] = paper, 0, False
    marks = np.zeros(image.shape, np.uint8)
    scale, base = high / 45, top + int(high * 0.7)
    x = int(size * rng.uniform(0.01, 0.3))
    for word in rng.choice(CAPTION_WORDS, int(rng.integers(1, 6))):
        cv2.putText(marks, str(word), (x, base), cv2.FONT_HERSHEY_SIMPLEX, scale, 255, max(1, round(scale * 2)), cv2.LINE_AA)
        x += int(scale * 24 * len(word)) + int(size * rng.uniform(0.01, 0.06))
    cv2.rectangle(marks, (x, base - high // 6), (x + int(size * rng.uniform(0.05, 0.25)), base), 255, -1)
    image += (ink - image) * (marks / np.float32(255))
    return replace(crop, image=image, labels=labels, unknown=unknown)
