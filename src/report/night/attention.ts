import type { WarningCode } from '../../statistics/size-statistics.ts';
import { counted, countText, percentText, settingText } from '../figure-text.ts';
import type { SampleSummary } from '../sample/sample-summary.ts';
import type { ControlPoint } from './uncertain-control.ts';

/** Why somebody ought to look at a sample, in sentences; empty when all is well. */
export function attentionTo(summary: SampleSummary, control: ControlPoint | undefined): string[] {
  const nothingLeft = warningOf(summary, 'every-tile-left-out');
  return [
    verdictOf(summary),
    nothingLeft ?? precisionOf(summary),
    coverageOf(summary),
    tilesOf(summary.failedTiles.length, 'could not be segmented'),
    nothingLeft === null ? tilesOf(summary.imaging.tiles.length, 'left out for poor imaging') : null,
    controlOf(control),
  ].filter((sentence) => sentence !== null);
}

function warningOf({ statistics }: SampleSummary, wanted: WarningCode): string | null {
  return statistics.warnings.find(({ code }) => code === wanted)?.message ?? null;
}

function verdictOf({ decision, reimage }: SampleSummary): string | null {
  if (decision?.verdict === 'reject') {
    const { min, max } = decision.target.d50Um;
    return `rejected: its D50 lies outside ${settingText(min)} to ${settingText(max, 'µm')}`;
  }
  if (decision?.verdict === 'more-tiles') {
    return decision.moreTiles === null
      ? 'undecided: its D50 lies on the edge of the target'
      : `undecided: about ${counted(decision.moreTiles, 'more tile')} would tell`;
  }
  if (decision?.verdict === 'reimage') return `undecided: ${counted(reimage.length, 'tile')} to image again`;
  return null;
}

/** A verdict says by itself whether the precision was enough for it. */
function precisionOf({ decision, sufficiency, statistics }: SampleSummary): string | null {
  if (statistics.all.count === 0) return 'no particle was found';
  if (decision !== null || sufficiency.sufficient) return null;
  const { targetRelativeHalfWidth, tilesNeeded, figures } = sufficiency;
  const names = figures.map((figure) => figure.toUpperCase()).join(', ');
  const more = tilesNeeded === null ? '' : `; about ${counted(tilesNeeded, 'more tile')} would do`;
  return `${names} not known to ±${percentText(targetRelativeHalfWidth)}${more}`;
}

/** What whoever ended the run left out is not missed. */
function coverageOf({ coverage, state }: SampleSummary): string | null {
  const { tilesPresent, tilesExpected } = coverage;
  if (state === 'finalised') return null;
  if (state !== 'stalled' && tilesPresent >= tilesExpected) return null;
  return `${counted(tilesExpected - tilesPresent, 'tile')} of ${countText(tilesExpected)} never came`;
}

function tilesOf(count: number, what: string): string | null {
  return count === 0 ? null : `${counted(count, 'tile')} ${what}`;
}

function controlOf(point: ControlPoint | undefined): string | null {
  if (!point?.isOut) return null;
  const { share, low, high } = point;
  const side = share > high ? 'above' : 'below';
  return `${percentText(share)} uncertain, ${side} the usual ${percentText(low)} to ${percentText(high)}`;
}
