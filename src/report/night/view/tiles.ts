import { counted } from '../../figure-text.ts';
import { keptOutTexts } from '../../sample/kept-out-text.ts';
import type { SampleSummary } from '../../sample/sample-summary.ts';
import { endedText } from '../../sample/verdict-text.ts';

interface Site {
  readonly row: number | null;
  readonly column: number | null;
}

/** A mail names so many of each kind; the files of the sample name all. */
const NAMED = 4;

/** Which tiles are missing, failed or left out, and why; that whoever ended the scan wanted no more of them. */
export function tileSentences(summary: SampleSummary): string[] {
  const { coverage, failedTiles, imaging } = summary;
  const ended = endedText(summary);
  const { missing, tilesUnseen, tilesPresent, tilesExpected } = coverage;
  const places = [
    ...missing.map((site) => placeText(site)),
    ...(tilesUnseen > 0 ? [`${counted(tilesUnseen, 'place')} not known yet`] : []),
  ];
  const never = tilesExpected - tilesPresent;
  return [
    ...(ended ? [ended] : []),
    ...(ended === null && places.length > 0
      ? [`Missing, ${counted(never, 'tile')}: ${listed(places)}.`]
      : []),
    ...(failedTiles.length > 0
      ? [`Failed, ${counted(failedTiles.length, 'tile')}: ${listed(failedTiles.map(tileText))}.`]
      : []),
    ...(imaging.tiles.length > 0
      ? [`Left out, ${counted(imaging.tiles.length, 'tile')}: ${listed(imaging.tiles.map(tileText))}.`]
      : []),
    ...keptOutTexts(summary),
  ];
}

function tileText(tile: Site & { readonly file: string; readonly reason: string }): string {
  return `${tile.file} (${placeText(tile)}): ${tile.reason}`;
}

function placeText({ row, column }: Site): string {
  return row === null ? 'no place on the grid' : `row ${row}, column ${column}`;
}

function listed(parts: readonly string[]): string {
  const rest = parts.length - NAMED;
  return [...parts.slice(0, NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ');
}
