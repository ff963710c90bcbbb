import type { StagePositionUm } from '../../units.ts';

/** A particle with its centre of area and its equivalent diameter. */
export interface PlacedSize {
  readonly centreUm: StagePositionUm;
  readonly diameterUm: number;
}

/** What became of the true particles, and where the found ones come from. */
export interface ParticleLedger {
  /** Found as themselves: how much larger, relatively and on average, they came out. */
  readonly matched: SizeEntry & { readonly diameterErrorMean: number | null };
  /** Not found as themselves, but their centre lies in a found particle: merged with a neighbour. */
  readonly merged: SizeEntry;
  readonly missed: SizeEntry;
  /** Found where no such particle is: merged ones, pieces, dust, structures of the tape. */
  readonly extra: SizeEntry;
}

export interface SizeEntry {
  readonly count: number;
  /** Null without particles. */
  readonly diameterMeanUm: number | null;
}

/**
 * Pairs found with true particles, nearest first. Two are the same when the centres are nearer than half the smaller
 * radius and the smaller area is more than half the larger: for round shapes an IoU over about 0.5.
 *
 * @param truth the particles that could be found whole.
 * @param found those that were counted.
 * @param foundAnywhere all that was found, pieces at borders too.
 */
export function particleLedger(
  truth: readonly PlacedSize[],
  found: readonly PlacedSize[],
  foundAnywhere: readonly PlacedSize[],
): ParticleLedger {
  const { pairs, trueLeft, foundLeft } = matched(truth, found);
  const swallowed = Map.groupBy(trueLeft, (particle) =>
    foundAnywhere.some((other) => distanceUm(particle, other) < other.diameterUm / 2),
  );
  const errors = pairs.map(({ one, other }) => other.diameterUm / one.diameterUm - 1);
  return {
    matched: { ...entry(pairs.map(({ one }) => one)), diameterErrorMean: meanOf(errors) },
    merged: entry(swallowed.get(true) ?? []),
    missed: entry(swallowed.get(false) ?? []),
    extra: entry(foundLeft),
  };
}

/** The entries of many ledgers as one. */
export function totalLedger(ledgers: readonly ParticleLedger[]): ParticleLedger {
  const matchedEntries = ledgers.map((ledger) => ledger.matched);
  return {
    matched: {
      ...totalEntry(matchedEntries),
      diameterErrorMean: weightedMean(
        matchedEntries.map(({ count, diameterErrorMean }) => [count, diameterErrorMean]),
      ),
    },
    merged: totalEntry(ledgers.map((ledger) => ledger.merged)),
    missed: totalEntry(ledgers.map((ledger) => ledger.missed)),
    extra: totalEntry(ledgers.map((ledger) => ledger.extra)),
  };
}

function matched(truth: readonly PlacedSize[], found: readonly PlacedSize[]) {
  const candidates = truth
    .flatMap((one) => found.filter((other) => isSame(one, other)).map((other) => ({ one, other })))
    .toSorted((a, b) => distanceUm(a.one, a.other) - distanceUm(b.one, b.other));
  const trueLeft = new Set(truth);
  const foundLeft = new Set(found);
  const pairs = candidates.filter(({ one, other }) => {
    if (!trueLeft.has(one) || !foundLeft.has(other)) return false;
    return trueLeft.delete(one) && foundLeft.delete(other);
  });
  return { pairs, trueLeft: [...trueLeft], foundLeft: [...foundLeft] };
}

function isSame(one: PlacedSize, other: PlacedSize): boolean {
  const [small, large] = [one.diameterUm, other.diameterUm].toSorted((a, b) => a - b);
  return (small! / large!) ** 2 > 0.5 && distanceUm(one, other) < small! / 4;
}

function distanceUm({ centreUm: one }: PlacedSize, { centreUm: other }: PlacedSize): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

function entry(particles: readonly PlacedSize[]): SizeEntry {
  return { count: particles.length, diameterMeanUm: meanOf(particles.map(({ diameterUm }) => diameterUm)) };
}

function totalEntry(entries: readonly SizeEntry[]): SizeEntry {
  return {
    count: entries.reduce((sum, { count }) => sum + count, 0),
    diameterMeanUm: weightedMean(entries.map(({ count, diameterMeanUm }) => [count, diameterMeanUm])),
  };
}

function meanOf(values: readonly number[]): number | null {
  return weightedMean(values.map((value) => [1, value]));
}

function weightedMean(values: readonly (readonly [count: number, value: number | null])[]): number | null {
  const known = values.filter((entry): entry is [number, number] => entry[1] !== null);
  const count = known.reduce((sum, [own]) => sum + own, 0);
  return count === 0 ? null : known.reduce((sum, [own, value]) => sum + own * value, 0) / count;
}
