import { type Canvas, canvasBox, pixelsIn } from '../canvas.ts';
import { type Blemish, type BlemishKind, blemishBox, blemishesNear, type Tape } from '../powder/tape.ts';
import { readTexture, textureOf } from '../powder/texture.ts';
import { fibreReliefUm } from './fibre-relief.ts';
import { addWandering } from './surface-texture.ts';

/** Paints the bare tape: its grey that wanders slowly, its grain and relief, and what lies in it. */
export function paintTape(canvas: Canvas, tape: Tape): void {
  const { look, seed } = tape;
  const { scaleUm } = look;
  canvas.tone.fill(look.grey);
  addWandering(canvas, canvas.tone, { knotUm: 9 * scaleUm, amplitude: look.wander, seed });
  addWandering(canvas, canvas.tone, { knotUm: 1.8 * scaleUm, amplitude: 0.4 * look.wander, seed: seed + 1 });
  // Structure finer than two pixels is lost in the noise, and its lattice would cost more than the picture.
  const finest = 2 * canvas.pixelSizeUm;
  if (0.12 * scaleUm > finest) {
    addWandering(canvas, canvas.tone, { knotUm: 0.12 * scaleUm, amplitude: look.grain, seed: seed + 2 });
  }
  for (const [octave, share] of [0.6, 0.22, 0.08, 0.03].entries()) {
    const knotUm = share * scaleUm;
    if (look.roughness === 0 || knotUm < finest) continue;
    addWandering(canvas, canvas.heightUm, {
      knotUm,
      amplitude: 0.16 * look.roughness * knotUm,
      seed: seed + 3 + octave,
    });
  }
  for (const blemish of blemishesNear(tape, canvasBox(canvas))) paintBlemish(canvas, blemish);
}

/** A fibre hides the ground and the fibres below it; its flanks are brighter than its ridge. */
function paintFibre(canvas: Canvas, fibre: Blemish): void {
  const { pixelSizeUm, widthPx, tone, heightUm } = canvas;
  const grey = 45 + 85 * fibre.strength;
  const { left, right, top, bottom } = pixelsIn(canvas, blemishBox(fibre));
  for (let row = top; row < bottom; row += 1) {
    const y = canvas.topUm - (row + 0.5) * pixelSizeUm;
    for (let column = left; column < right; column += 1) {
      const x = canvas.leftUm + (column + 0.5) * pixelSizeUm;
      const reliefUm = fibreReliefUm(fibre, { x, y });
      const at = row * widthPx + column;
      if (reliefUm === 0 || reliefUm <= heightUm[at]!) continue;
      heightUm[at] = reliefUm;
      tone[at] = grey * (1.25 - (0.4 * reliefUm) / fibre.radiusUm);
    }
  }
}

/** What a blemish does at a point: below, r2 is the squared distance from its middle in radii. */
interface Effect {
  readonly toneFactor: number;
  readonly toneAdded: number;
  /** In radii of the blemish. */
  readonly height: number;
}

type Look = Pick<Blemish, 'strength' | 'rim'>;

const effects: Readonly<Record<Exclude<BlemishKind, 'fibre'>, (r2: number, look: Look) => Effect>> = {
  scratch: (r2, { strength, rim }) => {
    const depth = Math.exp(-2 * r2);
    const ridge = 0.7 * rim * Math.exp(-2 * (r2 - 1.5) ** 2);
    return { toneFactor: 1 - 0.7 * strength * (depth - ridge), toneAdded: 0, height: 0.4 * (ridge - depth) };
  },
  hole: (r2, { strength, rim }) => {
    const depth = 1 / (1 + Math.exp(30 * (r2 - 0.9)));
    return {
      toneFactor: 1 - 0.9 * strength * depth,
      toneAdded: 90 * rim * rim * Math.exp(-90 * (r2 - 0.95) ** 2),
      height: -0.2 * strength * depth,
    };
  },
  /** A hole from which few electrons come back, with a slightly raised rim at radius 1. */
  bubble: (r2, { strength, rim }) => {
    const depth = 1 / (1 + Math.exp(18 * (r2 - 0.9)));
    return {
      toneFactor: 1 - 0.88 * strength * depth,
      toneAdded: 45 * rim * Math.exp(-30 * (r2 - 1.1) ** 2),
      height: -0.5 * strength * depth,
    };
  },
  pit: (r2, { strength }) => {
    const depth = Math.exp(-1.5 * r2 * r2);
    return { toneFactor: 1 - 0.75 * strength * depth, toneAdded: 0, height: -0.5 * depth };
  },
  dust: (r2, { strength }) => ({ toneFactor: 1, toneAdded: 170 * strength * Math.exp(-2 * r2), height: 0 }),
  filament: (r2, { strength }) => {
    const ridge = Math.exp(-2 * r2);
    return { toneFactor: 1, toneAdded: 90 * strength * ridge, height: 0.4 * ridge };
  },
  glow: (r2, { strength }) => ({
    toneFactor: 1 + 0.55 * (strength - 0.4) * Math.exp(-1.2 * r2),
    toneAdded: 0,
    height: 0,
  }),
};

function paintBlemish(canvas: Canvas, blemish: Blemish): void {
  const { kind, centreUm, aspectRatio, turnRad, strength, rim } = blemish;
  if (kind === 'fibre') {
    paintFibre(canvas, blemish);
    return;
  }
  const { pixelSizeUm, widthPx, tone, heightUm } = canvas;
  // A speck finer than a pixel spreads over one, and is as much weaker.
  const radiusUm = Math.max(blemish.radiusUm, 0.6 * pixelSizeUm);
  const look = { strength: strength * Math.min(1, (blemish.radiusUm / radiusUm) ** 2), rim };
  const effect = effects[kind];
  const wobble = kind === 'hole' ? 0.9 : 0;
  const rough = textureOf('rough');
  const [cos, sin] = [Math.cos(turnRad), Math.sin(turnRad)];
  const { left, right, top, bottom } = pixelsIn(canvas, blemishBox({ ...blemish, radiusUm }));
  for (let row = top; row < bottom; row += 1) {
    const y = (canvas.topUm - (row + 0.5) * pixelSizeUm - centreUm.y) / radiusUm;
    for (let column = left; column < right; column += 1) {
      const x = (canvas.leftUm + (column + 0.5) * pixelSizeUm - centreUm.x) / radiusUm;
      const along = (x * cos + y * sin) / aspectRatio;
      const across = -x * sin + y * cos;
      const at = row * widthPx + column;
      const bulge = wobble && wobble * readTexture(rough, 0.2 * x + strength, 0.2 * y + turnRad);
      const r2 = (along * along + across * across) * (1 + bulge);
      const { toneFactor, toneAdded, height } = effect(r2, look);
      tone[at] = tone[at]! * toneFactor + toneAdded;
      heightUm[at]! += height * radiusUm;
    }
  }
}
