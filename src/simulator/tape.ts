import type { StagePositionUm } from '../units.ts';
import { type CellLookup, createCellLookup } from './cell-lookup.ts';
import type { BoxUm } from './outline.ts';
import type { Random } from './random.ts';

/** The carbon tape under the powder: what lies in it and is no particle. */
export interface Tape {
  readonly blemishes: CellLookup<Blemish>;
  /** Names the tape's slow changes of grey. */
  readonly seed: number;
}

/** A dark bubble in the tape, or a bright speck of dust, too fine to be counted as a particle. */
export interface Blemish {
  readonly kind: 'bubble' | 'dust';
  readonly centreUm: StagePositionUm;
  readonly radiusUm: number;
  /** Width over height. */
  readonly aspectRatio: number;
}

const bubblesPerMm2 = 150;
const dustPerMm2 = 4000;

export function layTape(area: BoxUm, random: Random): Tape {
  const areaMm2 = ((area.right - area.left) * (area.top - area.bottom)) / 1e6;
  const blemishes = createCellLookup<Blemish>(20);
  const scatter = (kind: Blemish['kind'], count: number, radiusUm: (draw: Random) => number) => {
    for (let i = 0; i < count; i += 1) {
      const draw = random.fork(kind).fork(i);
      const blemish: Blemish = {
        kind,
        centreUm: { x: draw.uniform(area.left, area.right), y: draw.uniform(area.bottom, area.top) },
        radiusUm: radiusUm(draw),
        aspectRatio: draw.uniform(0.7, 1.4),
      };
      blemishes.add(blemish, blemishBox(blemish));
    }
  };
  scatter('bubble', Math.round(bubblesPerMm2 * areaMm2), (draw) => draw.uniform(1.5, 6));
  scatter('dust', Math.round(dustPerMm2 * areaMm2), (draw) => draw.uniform(0.05, 0.18));
  return { blemishes, seed: random.integer(0, 2 ** 31) };
}

/** Reaches half a radius beyond the blemish, for its soft rim. */
export function blemishBox({ centreUm, radiusUm, aspectRatio }: Blemish): BoxUm {
  const halfWidth = 1.5 * radiusUm * aspectRatio;
  const halfHeight = 1.5 * radiusUm;
  return {
    left: centreUm.x - halfWidth,
    right: centreUm.x + halfWidth,
    bottom: centreUm.y - halfHeight,
    top: centreUm.y + halfHeight,
  };
}
