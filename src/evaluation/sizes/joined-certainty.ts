import type { PlacedSize } from './particle-ledger.ts';

/** A counted particle, and which of its pieces the network trusts, the largest first. */
export interface JudgedParticle extends PlacedSize {
  readonly piecesCertain: readonly boolean[];
}

/** How many of a kind there are, and how many of them have the size of a true particle at their place. */
export interface CertaintyEntry {
  readonly kind: (typeof kinds)[number];
  readonly count: number;
  readonly right: number;
}

const kinds = [
  'one piece, certain',
  'one piece, uncertain',
  'joined, all pieces certain',
  'joined, a smaller piece doubted',
  'joined, the largest piece doubted',
] as const;

/** What counts as the right size: an outline off by less, and not merged with a neighbour or cut through. */
const DIAMETER_WITHIN = 0.05;

/**
 * Whether the verdict on a particle's pieces tells whether its size is right: by which of them are doubted.
 * Right is a particle whose centre is nearer to a true one's than a quarter of the smaller diameter, with a diameter within
 * 5 %.
 */
export function joinedCertainty(
  truth: readonly PlacedSize[],
  found: readonly JudgedParticle[],
): CertaintyEntry[] {
  const byKind = Map.groupBy(found, kindOf);
  return kinds.map((kind) => {
    const ofKind = byKind.get(kind) ?? [];
    return { kind, count: ofKind.length, right: ofKind.filter((one) => isRight(one, truth)).length };
  });
}

/** The entries of many samples as one. */
export function totalCertainty(samples: readonly (readonly CertaintyEntry[])[]): CertaintyEntry[] {
  const sum = (kind: string, of: 'count' | 'right') =>
    samples.flat().reduce((total, entry) => total + (entry.kind === kind ? entry[of] : 0), 0);
  return kinds.map((kind) => ({ kind, count: sum(kind, 'count'), right: sum(kind, 'right') }));
}

function kindOf({ piecesCertain }: JudgedParticle): CertaintyEntry['kind'] {
  const [largest, ...smaller] = piecesCertain;
  if (smaller.length === 0) return largest ? 'one piece, certain' : 'one piece, uncertain';
  if (!largest) return 'joined, the largest piece doubted';
  return smaller.every(Boolean) ? 'joined, all pieces certain' : 'joined, a smaller piece doubted';
}

function isRight({ centreUm: { x, y }, diameterUm }: PlacedSize, truth: readonly PlacedSize[]): boolean {
  return truth.some(
    ({ centreUm, diameterUm: trueUm }) =>
      Math.abs(diameterUm / trueUm - 1) < DIAMETER_WITHIN &&
      Math.hypot(centreUm.x - x, centreUm.y - y) < Math.min(diameterUm, trueUm) / 4,
  );
}
