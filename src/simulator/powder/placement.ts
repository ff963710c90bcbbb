import type { StagePositionUm } from '../../units.ts';
import { type BoxUm, boxAround } from '../box.ts';
import type { CellLookup } from '../cell-lookup.ts';
import type { Random } from '../random.ts';
import { eachProfileCell, profileAt, type Silhouette } from './silhouette.ts';

/** How the powder was strewn. */
export interface Strewing {
  /** Share of the particles that are laid against another one: clusters. */
  readonly contactShare: number;
  /** Places tried for a particle that is laid anywhere; the lowest is taken. Few tries pile, many spread flat. */
  readonly triesAtMost: number;
  /** 0, when not given: any particle is leaned against alike; to 1: mostly the first, which heaps the powder. */
  readonly heaping?: number;
  /** Share of the leaning ones that continue a row from the particle laid before, and where it leads. */
  readonly rows?: { readonly share: number; readonly towardsRad: number };
}

/** What a laid particle must tell so that others can rest on it. */
export interface Laid {
  readonly centreUm: StagePositionUm;
  readonly boxUm: BoxUm;
  readonly silhouette: Silhouette;
  readonly unitUm: number;
  readonly baseUm: number;
}

export interface RestingPlace<L extends Laid> {
  readonly centreUm: StagePositionUm;
  /** Height of its lowest point over the tape. */
  readonly baseUm: number;
  /** What it lies over, in part. */
  readonly overlapped: readonly L[];
}

/** The lowest of some places: anywhere, or against one partner. */
export function choosePlace<L extends Laid>(
  silhouette: Silhouette,
  unitUm: number,
  area: BoxUm,
  laid: readonly L[],
  lookup: CellLookup<L>,
  { contactShare, triesAtMost, heaping = 0, rows }: Strewing,
  draw: Random,
): RestingPlace<L> {
  const leans = laid.length > 0 && draw.uniform() < contactShare;
  const inRow = leans && rows !== undefined && draw.uniform() < rows.share;
  const anyone = () => laid[Math.floor(laid.length * draw.uniform() ** (1 + 3 * heaping))];
  const partner = inRow ? laid.at(-1) : leans ? anyone() : undefined;
  const towards = () => (inRow ? draw.normal(rows.towardsRad, 0.2) : draw.uniform(0, 2 * Math.PI));
  const propose = (): RestingPlace<L> => {
    const beside = partner && besides(partner, silhouette, unitUm, area, towards(), draw);
    return rest(silhouette, unitUm, beside ?? somewhere(area, draw), lookup);
  };
  // Against a partner, few tries: some lean on it, or lie on top.
  const triesHere = partner ? Math.min(3, triesAtMost) : triesAtMost;
  let best = propose();
  for (let tries = 1; tries < triesHere && best.baseUm > 0; tries += 1) {
    const next = propose();
    if (next.baseUm < best.baseUm) best = next;
  }
  return best.baseUm > 0 && draw.uniform() >= heaping
    ? rolled(best, silhouette, unitUm, area, lookup, draw)
    : best;
}

const rollsAtMost = 10;

/** A body that came to lie on others rolls a little to where it lies lower. */
function rolled<L extends Laid>(
  from: RestingPlace<L>,
  silhouette: Silhouette,
  unitUm: number,
  area: BoxUm,
  lookup: CellLookup<L>,
  draw: Random,
): RestingPlace<L> {
  let best = from;
  for (let i = 0; i < rollsAtMost && best.baseUm > 0; i += 1) {
    const angle = draw.uniform(0, 2 * Math.PI);
    const stepUm = 0.35 * silhouette.halfWidth * unitUm;
    const x = best.centreUm.x + stepUm * Math.cos(angle);
    const y = best.centreUm.y + stepUm * Math.sin(angle);
    if (x < area.left || x >= area.right || y < area.bottom || y >= area.top) continue;
    const next = rest(silhouette, unitUm, { x, y }, lookup);
    if (next.baseUm < best.baseUm) best = next;
  }
  return best;
}

/**
 * Lowers a body until it first touches what lies below. Its underside is taken as its upper side mirrored
 * at half its height, so a ball settles against a ball as balls do.
 */
function rest<L extends Laid>(
  silhouette: Silhouette,
  unitUm: number,
  centreUm: StagePositionUm,
  lookup: CellLookup<L>,
): RestingPlace<L> {
  const near = lookup.near(
    boxAround(centreUm, silhouette.halfWidth * unitUm, silhouette.halfHeight * unitUm),
  );
  const overlapped: L[] = [];
  let baseUm = 0;
  for (const below of near) {
    let touches = false;
    eachProfileCell(silhouette.profile, (x, y, height) => {
      const stageX = centreUm.x + x * unitUm;
      const stageY = centreUm.y + y * unitUm;
      const top = profileAt(
        below.silhouette.profile,
        (stageX - below.centreUm.x) / below.unitUm,
        (stageY - below.centreUm.y) / below.unitUm,
      );
      if (top < 0) return;
      touches = true;
      const underside = Math.max(0, silhouette.heightUnits - height);
      baseUm = Math.max(baseUm, below.baseUm + top * below.unitUm - underside * unitUm);
    });
    if (touches) overlapped.push(below);
  }
  return { centreUm, baseUm, overlapped };
}

function somewhere(area: BoxUm, draw: Random): StagePositionUm {
  return { x: draw.uniform(area.left, area.right), y: draw.uniform(area.bottom, area.top) };
}

/** Against the partner, from just touching to leaning over its edge; null where that lies outside the area. */
function besides(
  partner: Laid,
  { halfWidth, halfHeight }: Silhouette,
  unitUm: number,
  area: BoxUm,
  angle: number,
  draw: Random,
): StagePositionUm | null {
  const ownUm = ((halfWidth + halfHeight) / 2) * unitUm;
  const partnerUm = ((partner.silhouette.halfWidth + partner.silhouette.halfHeight) / 2) * partner.unitUm;
  const distanceUm = (partnerUm + ownUm) * draw.uniform(0.82, 1);
  const x = partner.centreUm.x + distanceUm * Math.cos(angle);
  const y = partner.centreUm.y + distanceUm * Math.sin(angle);
  return x >= area.left && x < area.right && y >= area.bottom && y < area.top ? { x, y } : null;
}
