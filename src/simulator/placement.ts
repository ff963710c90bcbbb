import type { StagePositionUm } from '../units.ts';
import type { CellLookup } from './cell-lookup.ts';
import type { Grain } from './grain.ts';
import { type BoxUm, movedOutline, type Outline, outlineBox, outlinesOverlap } from './outline.ts';
import type { Random } from './random.ts';

interface Laid {
  readonly centreUm: StagePositionUm;
  readonly outline: Outline;
  readonly diameterEquivalentUm: number;
}

export interface Place<L extends Laid> {
  readonly centreUm: StagePositionUm;
  /** What the grain partly covers when it lies here. */
  readonly overlapped: readonly L[];
}

/** Share of the particles that are laid against another one. */
const contactShare = 0.12;
const triesAtMost = 24;

/** A free place for a grain, or leaning on one partner; after the last try, the place with fewest overlaps. */
export function choosePlace<L extends Laid>(
  grain: Grain,
  area: BoxUm,
  laid: readonly L[],
  lookup: CellLookup<L>,
  draw: Random,
): Place<L> {
  const leans = laid.length > 0 && draw.uniform() < contactShare;
  const partner = leans ? laid[draw.integer(0, laid.length - 1)] : undefined;
  const propose = (): Place<L> => {
    const centreUm = (partner && besides(partner, grain, area, draw)) ?? somewhere(area, draw);
    const outline = movedOutline(grain.outline, centreUm);
    const near = lookup.near(outlineBox(outline));
    return { centreUm, overlapped: near.filter((other) => outlinesOverlap(outline, other.outline)) };
  };
  let best = propose();
  for (let tries = 1; tries < triesAtMost; tries += 1) {
    if (best.overlapped.every((other) => other === partner)) break;
    const next = propose();
    if (next.overlapped.length < best.overlapped.length) best = next;
  }
  return best;
}

function somewhere(area: BoxUm, draw: Random): StagePositionUm {
  return { x: draw.uniform(area.left, area.right), y: draw.uniform(area.bottom, area.top) };
}

/** Against the partner, from just touching to leaning over its edge; null where that lies outside the area. */
function besides(partner: Laid, grain: Grain, area: BoxUm, draw: Random): StagePositionUm | null {
  const angle = draw.uniform(0, 2 * Math.PI);
  const box = outlineBox(grain.outline);
  const ownRadiusUm = (box.right - box.left + box.top - box.bottom) / 4;
  const distanceUm = (partner.diameterEquivalentUm / 2 + ownRadiusUm) * draw.uniform(0.85, 1.02);
  const x = partner.centreUm.x + distanceUm * Math.cos(angle);
  const y = partner.centreUm.y + distanceUm * Math.sin(angle);
  return x >= area.left && x < area.right && y >= area.bottom && y < area.top ? { x, y } : null;
}
