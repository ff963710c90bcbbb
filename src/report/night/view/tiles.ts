import { counted, countText } from '../../figure-text.ts';
import { keptOutTexts } from '../../sample/kept-out-text.ts';
import type { SampleSummary } from '../../sample/sample-summary.ts';
import { endedText } from '../../sample/verdict-text.ts';

interface Site {
  readonly row: number | null;
  readonly column: number | null;
}

/** A mail names so many of each kind, one more where that is the last; the files of the sample name all. */
const NAMED = 4;

/** Which tiles are missing, failed or left out, and why; that whoever ended the scan wanted no more of them. */
export function tileSentences(summary: SampleSummary): string[] {
  const { coverage, failedTiles, imaging } = summary;
  const ended = endedText(summary);
  const { missing, tilesPresent, tilesExpected } = coverage;
  const lacking = ended === null ? Math.max(0, tilesExpected - tilesPresent) : 0;
  return [
    ...(ended ? [ended] : []),
    ...listed('Missing', missing.map(placeText), lacking),
    ...listed('Failed', failedTiles.map(tileText)),
    ...listed('Left out', imaging.tiles.map(tileText)),
    ...keptOutTexts(summary),
  ];
}

function tileText(tile: Site & { readonly file: string; readonly reason: string }): string {
  return `${tile.file} (${placeText(tile)}): ${tile.reason}`;
}

function placeText({ row, column }: Site): string {
  return row === null ? 'no place on the grid' : `row ${row}, column ${column}`;
}

/**
 * `Missing, 10 tiles: row 0, column 2; ...; and 6 more.`
 *
 * @param all how many there are, those among them that nothing is known of
 */
function listed(what: string, parts: readonly string[], all = parts.length): string[] {
  if (all === 0) return [];
  const named = parts.slice(0, all <= NAMED + 1 ? all : NAMED);
  const rest = restText(named.length, all);
  return [`${what}, ${counted(all, 'tile')}: ${[...named, ...(rest === null ? [] : [rest])].join('; ')}.`];
}

function restText(named: number, all: number): string | null {
  if (named === all) return null;
  if (named > 0) return `and ${countText(all - named)} more`;
  return all === 1 ? 'its place is not known yet' : 'their places are not known yet';
}
