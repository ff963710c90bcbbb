import { type PlacedField, type SharedRegion, sharedRegions } from './tile-overlap.ts';

/** A tile's particles where they lie on the stage, one entry of each array for each particle. */
export interface PlacedParticles extends PlacedField {
  readonly centroidXUm: Float64Array;
  readonly centroidYUm: Float64Array;
  readonly diameterEquivalentUm: Float64Array;
  /** 1 where the particle reaches its tile's border. */
  readonly touchesBorder: Uint8Array;
}

/**
 * The particles that are counted elsewhere: for each tile an array with 1 for each particle that an
 * overlapping tile shows as well and better. Tiles that share no region have no duplicates.
 *
 * Two particles of two overlapping tiles are the same one when their centroids are nearer than half the
 * smaller equivalent diameter, or when one is cut by its tile's border and its centroid lies in the other's
 * circle of equal area. The one that is not cut is kept, else the larger, else that of the earlier tile.
 * Particles near enough to several are joined from the nearest pair on, never two uncut ones of one tile.
 *
 * A particle much longer than the shared region is wide shows only its ends, too far apart to be known for
 * one: both stay, and both are marked as reaching the border.
 */
export function duplicateParticles(tiles: readonly PlacedParticles[]): Uint8Array[] {
  const duplicates = tiles.map((tile) => new Uint8Array(tile.centroidXUm.length));
  for (const [, ...others] of sameParticles(tiles)) {
    for (const particle of others) duplicates[particle.tile]![particle.index] = 1;
  }
  return duplicates;
}

/** The particles that several tiles show, by the rules of `duplicateParticles`: of each the sightings, the kept one first. */
export function sameParticles(tiles: readonly PlacedParticles[]): (readonly Sighting[])[] {
  const seen = tiles.map(particlesSeen);
  const pairs = sharedRegions(tiles)
    .flatMap((region) => pairsIn(region, seen))
    .toSorted((a, b) => a.distanceUm - b.distanceUm || byTile(a.one, b.one) || byTile(a.other, b.other));
  const groups = new Map<Seen, readonly Seen[]>();
  for (const { one, other } of pairs) {
    const group = groups.get(one) ?? [one];
    const joining = groups.get(other) ?? [other];
    if (group === joining || holdsTwoUncutOfOneTile(group, joining)) continue;
    const joined = [...group, ...joining];
    for (const particle of joined) groups.set(particle, joined);
  }
  return [...new Set(groups.values())].map((group) => {
    const kept = group.reduce((best, particle) => (isBetter(particle, best) ? particle : best));
    return [kept, ...group.filter((particle) => particle !== kept)];
  });
}

/** One particle as one tile shows it. */
export interface Sighting {
  readonly tile: number;
  /** Place in its tile's arrays. */
  readonly index: number;
  readonly cut: boolean;
}

interface Seen extends Sighting {
  readonly x: number;
  readonly y: number;
  readonly radiusUm: number;
}

interface Pair {
  readonly one: Seen;
  readonly other: Seen;
  readonly distanceUm: number;
}

function particlesSeen(particles: PlacedParticles, tile: number): Seen[] {
  const { centroidXUm, centroidYUm, diameterEquivalentUm, touchesBorder } = particles;
  return Array.from(centroidXUm, (x, index) => ({
    tile,
    index,
    x,
    y: centroidYUm[index]!,
    radiusUm: diameterEquivalentUm[index]! / 2,
    cut: touchesBorder[index] === 1,
  }));
}

function pairsIn(region: SharedRegion, seen: readonly (readonly Seen[])[]): Pair[] {
  const others = seen[region.second]!.filter((particle) => reaches(particle, region));
  const pairs: Pair[] = [];
  for (const one of seen[region.first]!) {
    if (!reaches(one, region)) continue;
    for (const other of others) {
      const distanceUm = Math.sqrt((one.x - other.x) ** 2 + (one.y - other.y) ** 2);
      if (isSameParticle(one, other, distanceUm)) pairs.push({ one, other, distanceUm });
    }
  }
  return pairs;
}

/** Whether its circle of equal area reaches the region: a whole particle's centroid may lie beyond it. */
function reaches({ x, y, radiusUm }: Seen, { left, right, bottom, top }: SharedRegion): boolean {
  return x + radiusUm >= left && x - radiusUm <= right && y + radiusUm >= bottom && y - radiusUm <= top;
}

function isSameParticle(one: Seen, other: Seen, distanceUm: number): boolean {
  if (distanceUm < Math.min(one.radiusUm, other.radiusUm)) return true;
  return (one.cut && distanceUm < other.radiusUm) || (other.cut && distanceUm < one.radiusUm);
}

function holdsTwoUncutOfOneTile(group: readonly Seen[], joining: readonly Seen[]): boolean {
  return group.some((a) => !a.cut && joining.some((b) => !b.cut && b.tile === a.tile));
}

function isBetter(particle: Seen, best: Seen): boolean {
  if (particle.cut !== best.cut) return !particle.cut;
  if (particle.radiusUm !== best.radiusUm) return particle.radiusUm > best.radiusUm;
  return byTile(particle, best) < 0;
}

function byTile(a: Seen, b: Seen): number {
  return a.tile - b.tile || a.index - b.index;
}
