import { figureDigits, toPlaces } from '../../statistics/numeric/figure-digits.ts';
import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import { counted, countText, estimateText, percentText } from '../figure-text.ts';
import type { SampleSummary } from './sample-summary.ts';

/** The median with its interval, what it rests on, and how much of that is uncertain, in a sentence. */
export function trustText({ statistics, coverage }: SampleSummary): string {
  const { all, uncertain, tiles } = statistics;
  const seen = tilesSeen(tiles, coverage.tilesExpected);
  const d50 = sizesOf(all)?.d50;
  if (!d50) return `No particles were counted in ${seen}.`;
  const share = percentText(uncertain.count / all.count);
  const particles = counted(all.count, 'particle');
  return `D50 = ${withConfidence(d50, tiles)}, from ${particles} in ${seen}; ${share} uncertain.`;
}

/** `21 of 24 tiles`; `1 tile` where there is but one. */
export function tilesSeen(seen: number, expected: number): string {
  return seen === 1 && expected === 1 ? '1 tile' : `${countText(seen)} of ${counted(expected, 'tile')}`;
}

/** Whether any figure has an interval: they are told by how tiles differ. */
export function hasIntervals({ statistics }: SampleSummary): boolean {
  const d50 = sizesOf(statistics.all)?.d50;
  return d50 !== undefined && d50.low95 !== null;
}

function withConfidence(estimate: Estimate, tiles: number): string {
  if (estimate.low95 !== null) return estimateText(estimate, 'µm').replace(/\)$/, ', 95 %)');
  const why = tiles === 1 ? 'one tile tells none' : 'too few tiles hold particles';
  return `${estimateText(estimate, 'µm')} (no interval: ${why})`;
}

/** What the uncertain particles do to the median; null where there are none, or nothing else. */
export function uncertainText({ statistics }: SampleSummary): string | null {
  const certain = sizesOf(statistics.certain)?.d50;
  const spread = statistics.uncertaintySpread?.diameterD50;
  if (!certain || spread === undefined || statistics.uncertain.count === 0) return null;
  return `Without the uncertain particles D50 is ${estimateText(certain, 'µm')}: a difference of ${percentText(spread)}.`;
}

/** Whether the tiles were enough, in a sentence that the verdict does not gainsay; null without particles. */
export function sufficiencyText(summary: SampleSummary): string | null {
  const { sufficiency, decision, statistics, final } = summary;
  const { sufficient, targetRelativeHalfWidth, figures, relativeHalfWidth, tilesNeeded } = sufficiency;
  if (statistics.all.count === 0) return null;
  const target = `target ±${percentText(targetRelativeHalfWidth)}`;
  const known = figures.flatMap((figure) => {
    const width = relativeHalfWidth[figure];
    return width === null ? [] : [`${figure.toUpperCase()} is known to ±${percentText(width)}`];
  });
  if (known.length === 0) {
    const few = statistics.tiles === 1 ? 'one tile' : 'so few tiles with particles';
    return `How precise these figures are cannot be told from ${few} (${target}).`;
  }
  const precision = `${known.join(', ')} (${target})`;
  const verdict = decision?.verdict;
  if (tilesNeeded === 0) {
    return verdict === 'more-tiles' || verdict === 'reimage'
      ? `The precision asked for is reached, which does not decide here: ${precision}.`
      : `Precise enough: ${precision}.`;
  }
  const more = tilesNeeded === null ? '' : `; about ${counted(tilesNeeded, 'more tile')} like these would do`;
  if (verdict === 'accept' || verdict === 'reject') {
    return `That is sure enough, though the figures are less precise than asked for: ${precision}${more}.`;
  }
  if (sufficient) return `Was precise enough with fewer tiles, and no longer is: ${precision}.`;
  return `Not ${final ? '' : 'yet '}precise enough: ${precision}${more}.`;
}

/** That the scan was ended as it was, by whom and why; null where it was not. */
export function endedText({ state, finalised, coverage }: SampleSummary): string | null {
  if (state !== 'finalised') return null;
  const { tilesPresent, tilesExpected } = coverage;
  const by = finalised?.by ? ` by ${finalised.by}` : '';
  const reason = finalised?.reason ? `: ${finalised.reason}` : '';
  return sentence(`Ended on request${by} after ${tilesEnded(tilesPresent, tilesExpected)}${reason}`);
}

function tilesEnded(present: number, expected: number): string {
  return present < expected ? tilesSeen(present, expected) : counted(expected, 'tile');
}

/** The decision's verdict in words; null without a target. */
export function decisionTitle({ decision }: SampleSummary): string | null {
  if (!decision) return null;
  const titles = {
    accept: 'Accept',
    reject: 'Reject',
    'more-tiles':
      decision.moreTiles === null ? 'More tiles needed' : counted(decision.moreTiles, 'more tile'),
    reimage: 'Image again',
  } as const;
  return titles[decision.verdict];
}

/** Why the verdict is what it is, with target and probability; null without a target. */
export function decisionText({ decision }: SampleSummary): string | null {
  return decision && sentence(decision.reason);
}

/** Whether sizes and counts form a pattern over the grid; null where it cannot be told. */
export function uniformityText({ uniformity }: SampleSummary): string | null {
  const texts = (
    [
      ['Sizes', uniformity.diameter],
      ['Counts', uniformity.count],
    ] as const
  ).flatMap(([what, moran]) => {
    if (!moran) return [];
    const figures = `Moran’s I ${figureDigits(moran.moranI)}, ${chanceText(moran.pValue)}`;
    return moran.pValue < 0.05
      ? [`${what} form a pattern over the grid (${figures}): sample or imaging is not the same everywhere.`]
      : [`${what} show no pattern over the grid (${figures}).`];
  });
  return texts.length === 0 ? null : texts.join(' ');
}

/** A chance to three decimals, as tests of chance are told. */
function chanceText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${toPlaces(p, 3)}`;
}

/** A message as a sentence: with a capital, a full stop, and µm as people write it. */
export function sentence(text: string): string {
  const capital = (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bum\b/g, 'µm');
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
