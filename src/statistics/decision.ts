import { counted, figureDigits, settingDigits } from './numeric/figure-digits.ts';
import { studentCdf, studentQuantile } from './numeric/student-t.ts';
import { sizesOf } from './published-sizes.ts';
import type { Estimate, RunStatistics } from './size-statistics.ts';

/** What the powder shall be. */
export interface SizeTarget {
  /** The median of the published diameter by number. */
  readonly d50Um: { readonly min: number; readonly max: number };
  /** How probable it must be that the true D50 lies within, or without; over 0.5 and under 1. */
  readonly probability: number;
}

export const verdicts = ['accept', 'reject', 'more-tiles', 'reimage'] as const;

export interface Decision {
  readonly verdict: (typeof verdicts)[number];
  /** That the true D50 lies in the target, 0 to 1; null where nothing can be said yet. */
  readonly probability: number | null;
  readonly target: SizeTarget;
  /** More tiles of the same kind that would decide; null unless the verdict is more-tiles and it can be told. */
  readonly moreTiles: number | null;
  /** The verdict in words, with its numbers. */
  readonly reason: string;
}

/** What may stand against a verdict. */
export interface DecisionFacts {
  /** Fewer tiles decide nothing. */
  readonly tilesMin: number;
  /** Tiles that ought to be imaged again. */
  readonly reimage: number;
  /** Tiles still arrive. */
  readonly filling: boolean;
}

/** Beyond this many more tiles nobody waits: the D50 lies on the limit itself. */
const MORE_TILES_MAX = 100_000;

/**
 * Accepts when the true D50 lies in the target with the required probability, rejects when it lies outside with that
 * probability, and otherwise says what would decide.
 *
 * The logarithm of D50 is taken as distributed around its estimate as Student's t with one degree of freedom less than
 * there are tiles; its standard error is the interval's, ln(high / low) / (2 t_0.975).
 */
export function decisionOf(
  { tiles, all }: Pick<RunStatistics, 'tiles' | 'all'>,
  target: SizeTarget,
  facts: DecisionFacts,
): Decision {
  const d50 = sizesOf(all)?.d50;
  const error = d50 && standardErrorOfLog(d50, tiles);
  const decided = (verdict: Decision['verdict'], probability: number | null, reason: string): Decision => ({
    verdict,
    probability,
    target,
    moreTiles: null,
    reason,
  });
  if (!d50 || error === null || error === undefined || tiles < facts.tilesMin) {
    const lacking = Math.max(1, facts.tilesMin - tiles);
    const seen = `${counted(tiles, 'tile')} with ${counted(all.count, 'particle')}`;
    const reason = `${seen} cannot decide; at least ${counted(facts.tilesMin, 'tile is', 'tiles are')} needed`;
    if (!facts.filling && facts.reimage > 0) return decided('reimage', null, reason);
    return { ...decided('more-tiles', null, reason), moreTiles: lacking };
  }
  const probability = probabilityWithin(d50.value, error, tiles, target);
  const said = `the D50 of ${figureDigits(d50.value)} um lies between ${settingDigits(target.d50Um.min)} and ${settingDigits(target.d50Um.max)} um with a probability of ${floored(probability)}`;
  const asked = `${target.probability} is required`;
  if (probability >= target.probability) return decided('accept', probability, `${said}; ${asked}`);
  if (1 - probability >= target.probability) return decided('reject', probability, `${said}; ${asked}`);
  if (!facts.filling && facts.reimage > 0) {
    return decided(
      'reimage',
      probability,
      `${said}; ${asked}, and ${counted(facts.reimage, 'tile')} can be imaged again`,
    );
  }
  const moreTiles = tilesToDecide(d50.value, error, tiles, target);
  const outlook =
    moreTiles === null
      ? 'it lies on the limit, so more tiles hardly decide'
      : `about ${counted(moreTiles, 'more tile')} would decide`;
  return { ...decided('more-tiles', probability, `${said}; ${asked}, ${outlook}`), moreTiles };
}

function standardErrorOfLog({ low95, high95 }: Estimate, tiles: number): number | null {
  if (low95 === null || high95 === null || tiles < 2) return null;
  return Math.log(high95 / low95) / (2 * studentQuantile(0.975, tiles - 1));
}

function probabilityWithin(
  d50: number,
  error: number,
  tiles: number,
  { d50Um: { min, max } }: SizeTarget,
): number {
  if (error === 0) return d50 >= min && d50 <= max ? 1 : 0;
  const below = (limit: number) => studentCdf(Math.log(limit / d50) / error, tiles - 1);
  return below(max) - below(min);
}

/** The error falls with the square root of the tiles; it must fall until the nearer limit is far enough away. */
function tilesToDecide(d50: number, error: number, tiles: number, target: SizeTarget): number | null {
  const { min, max } = target.d50Um;
  const distance = Math.min(Math.abs(Math.log(max / d50)), Math.abs(Math.log(d50 / min)));
  const needed = tiles * ((studentQuantile(target.probability, tiles - 1) * error) / distance) ** 2;
  const more = Math.max(1, Math.ceil(needed) - tiles);
  return more <= MORE_TILES_MAX ? more : null;
}

/** Never rounds up to a probability that was not reached. */
function floored(probability: number): string {
  return String(Math.floor(probability * 1000) / 1000);
}
