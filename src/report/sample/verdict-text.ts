import { sizesOf } from '../../statistics/published-sizes.ts';
import type { Estimate } from '../../statistics/size-statistics.ts';
import { counted, estimateText, figureText, percentText } from '../figure-text.ts';
import { keptOutTexts } from './kept-out-text.ts';
import { noteTexts } from './note-texts.ts';
import type { SampleSummary } from './sample-summary.ts';

/** The median with its interval, what it rests on, and how much of that is uncertain, in a sentence. */
export function trustText({ statistics, coverage }: SampleSummary): string {
  const { all, uncertain, tiles } = statistics;
  const seen = `${tiles} of ${counted(coverage.tilesExpected, 'tile')}`;
  const d50 = sizesOf(all)?.d50;
  if (!d50) return `No particles were counted in ${seen}.`;
  const share = percentText(uncertain.count / all.count);
  return `D50 = ${withConfidence(d50)}, from ${counted(all.count, 'particle')} in ${seen}; ${share} uncertain.`;
}

function withConfidence(estimate: Estimate): string {
  return estimate.low95 === null
    ? `${estimateText(estimate, 'µm')} (no interval: too few tiles hold particles)`
    : estimateText(estimate, 'µm').replace(/\)$/, ', 95 %)');
}

/** What the uncertain particles do to the median; null where there are none, or nothing else. */
export function uncertainText({ statistics }: SampleSummary): string | null {
  const certain = sizesOf(statistics.certain)?.d50;
  const spread = statistics.uncertaintySpread?.diameterD50;
  if (!certain || spread === undefined || statistics.uncertain.count === 0) return null;
  return `Without the uncertain particles D50 is ${estimateText(certain, 'µm')}: a difference of ${percentText(spread)}.`;
}

/** Whether the tiles were enough, in a sentence. */
export function sufficiencyText({ sufficiency }: SampleSummary): string {
  const { sufficient, targetRelativeHalfWidth, figures, relativeHalfWidth, tilesNeeded } = sufficiency;
  const target = `target ±${percentText(targetRelativeHalfWidth)}`;
  const known = figures.flatMap((figure) => {
    const width = relativeHalfWidth[figure];
    return width === null ? [] : [`${figure.toUpperCase()} is known to ±${percentText(width)}`];
  });
  if (known.length === 0) return `How precise it is cannot be told from so few tiles (${target}).`;
  const precision = `${known.join(', ')} (${target})`;
  if (sufficient) return `Precise enough: ${precision}.`;
  const more = tilesNeeded
    ? `; about ${counted(tilesNeeded, 'more tile', 'more tiles')} like these would do`
    : '';
  return `Not yet precise enough: ${precision}${more}.`;
}

/** That the scan was ended as it was, by whom and why; null where it was not. */
export function endedText({ state, finalised, coverage }: SampleSummary): string | null {
  if (state !== 'finalised') return null;
  const { tilesPresent, tilesExpected } = coverage;
  const by = finalised?.by ? ` by ${finalised.by}` : '';
  const reason = finalised?.reason ? `: ${finalised.reason}` : '';
  const after = tilesPresent < tilesExpected ? `${tilesPresent} of ` : '';
  return sentence(`Ended on request${by} after ${after}${counted(tilesExpected, 'tile')}${reason}`);
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

/** What a reader of the figures must know, a sentence each. */
export function warningTexts(summary: SampleSummary): string[] {
  const { statistics, coverage, state, limitReached = [] } = summary;
  const { warnings, detectionLimit } = statistics;
  const texts = warnings.map(({ code, message }) =>
    code === 'below-detection-limit' && detectionLimit
      ? `Figures marked † lie under the detection limit of ${figureText(detectionLimit.diameterUm, 'µm')}, where the model finds ${percentText(detectionLimit.recall)} of the particles or fewer; use a higher magnification.`
      : sentence(message),
  );
  if (limitReached.length > 0) {
    texts.unshift(
      `On ${counted(limitReached.length, 'tile')} of ${statistics.tiles} there is more than the network has room for: particles may be missing there. Look at the overlays, or use a higher magnification.`,
    );
  }
  const lacking = coverage.tilesExpected - coverage.tilesPresent;
  if (lacking > 0 && state !== 'finalised') {
    const ended = state === 'stalled' ? 'The scan ended early' : 'The grid is not whole';
    texts.unshift(`${ended}: ${lacking} of ${counted(coverage.tilesExpected, 'tile')} never came.`);
  }
  return [...texts, ...noteTexts(summary), ...keptOutTexts(summary)];
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
    const figures = `Moran’s I ${figureText(moran.moranI)}, p = ${figureText(moran.pValue)}`;
    return moran.pValue < 0.05
      ? [`${what} form a pattern over the grid (${figures}): sample or imaging is not the same everywhere.`]
      : [`${what} show no pattern over the grid (${figures}).`];
  });
  return texts.length === 0 ? null : texts.join(' ');
}

/** A message as a sentence: with a capital, a full stop, and µm as people write it. */
export function sentence(text: string): string {
  const capital = (text.charAt(0).toUpperCase() + text.slice(1)).replace(/\bum\b/g, 'µm');
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}
