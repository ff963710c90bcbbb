import { type Canvas, canvasBox, pixelsIn } from './canvas.ts';
import { addWandering } from './surface-texture.ts';
import { type Blemish, blemishBox, type Tape } from './tape.ts';

const tapeGrey = 44;

/** Paints the bare tape: dark grey that wanders slowly, a fine grain, bubbles and dust. */
export function paintTape(canvas: Canvas, tape: Tape): void {
  canvas.grey.fill(tapeGrey);
  addWandering(canvas, { knotUm: 45, amplitude: 6, seed: tape.seed });
  addWandering(canvas, { knotUm: 9, amplitude: 2.5, seed: tape.seed + 1 });
  // Grain finer than two pixels is lost in the noise, and its lattice would cost more than the picture.
  if (canvas.pixelSizeUm < 0.3) addWandering(canvas, { knotUm: 0.6, amplitude: 1.5, seed: tape.seed + 2 });
  for (const blemish of tape.blemishes.near(canvasBox(canvas))) paintBlemish(canvas, blemish);
}

function paintBlemish(canvas: Canvas, blemish: Blemish): void {
  const { centreUm, radiusUm, aspectRatio } = blemish;
  const shade = blemish.kind === 'bubble' ? bubbleShade : dustShade;
  const { left, right, top, bottom } = pixelsIn(canvas, blemishBox(blemish));
  for (let row = top; row < bottom; row += 1) {
    const y = (canvas.topUm - (row + 0.5) * canvas.pixelSizeUm - centreUm.y) / radiusUm;
    for (let column = left; column < right; column += 1) {
      const x = (canvas.leftUm + (column + 0.5) * canvas.pixelSizeUm - centreUm.x) / (radiusUm * aspectRatio);
      const at = row * canvas.widthPx + column;
      canvas.grey[at] = shade(canvas.grey[at]!, x * x + y * y);
    }
  }
}

/** A hole from which few electrons come back, with a slightly raised rim at radius 1. */
function bubbleShade(grey: number, radiusSquared: number): number {
  const rim = Math.exp(-40 * (radiusSquared - 1.1) ** 2);
  const depth = 1 / (1 + Math.exp(14 * (radiusSquared - 0.9)));
  return grey * (1 - 0.65 * depth) + 8 * rim;
}

function dustShade(grey: number, radiusSquared: number): number {
  return grey + 90 * Math.exp(-2 * radiusSquared);
}
