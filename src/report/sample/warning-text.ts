import { counted, countText, figureText, percentText } from '../figure-text.ts';
import { keptOutTexts } from './kept-out-text.ts';
import { noteTexts } from './note-texts.ts';
import type { SampleSummary } from './sample-summary.ts';
import { sentence, tilesSeen } from './verdict-text.ts';

/** What a reader of all figures must know, a sentence each. */
export function warningTexts(summary: SampleSummary): string[] {
  const { detectionLimit, warnings } = summary.statistics;
  const ofFigures = warnings
    .filter(({ code }) => code !== 'too-few-particles')
    .map(({ code, message }) =>
      code === 'below-detection-limit' && detectionLimit
        ? `Figures marked † lie under the detection limit of ${figureText(detectionLimit.diameterUm, 'µm')}, where the model finds ${percentText(detectionLimit.recall)} of the particles or fewer; use a higher magnification.`
        : sentence(message),
    );
  return [...tileWarnings(summary), ...ofFigures, ...noteTexts(summary), ...keptOutTexts(summary)];
}

/** Which tiles say less than they should, or nothing. */
function tileWarnings({ statistics, coverage, state, failedTiles, imaging, limitReached }: SampleSummary) {
  const texts: string[] = [];
  const lacking = coverage.tilesExpected - coverage.tilesPresent;
  if (lacking > 0 && state !== 'finalised') {
    const ended = state === 'stalled' ? 'The scan ended early' : 'The grid is not whole';
    texts.push(`${ended}: ${countText(lacking)} of ${counted(coverage.tilesExpected, 'tile')} never came.`);
  }
  const absent = 'the particles there are not in the figures';
  if (failedTiles.length > 0) {
    texts.push(`${counted(failedTiles.length, 'tile')} could not be segmented: ${absent}.`);
  }
  // Where all of them are, the figures' own warning says so, with the keys.
  if (imaging.tiles.length > 0 && statistics.tiles > 0) {
    const causes = [...new Set(imaging.tiles.flatMap((tile) => tile.causes))].join(', ');
    const left = counted(imaging.tiles.length, 'tile is left out', 'tiles are left out');
    texts.push(`${left} for poor imaging (${causes}): ${absent}.`);
  }
  if (limitReached && limitReached.length > 0) {
    const where =
      statistics.tiles === 1 ? 'On the tile' : `On ${tilesSeen(limitReached.length, statistics.tiles)}`;
    texts.push(
      `${where} there is more than the network has room for: particles may be missing there. Look at the overlays, or use a higher magnification.`,
    );
  }
  return texts;
}

/** What ISO 13322-1 asks of figures by volume, and of no others; null where enough particles were counted. */
export function volumeNote({ statistics }: SampleSummary): string | null {
  const warning = statistics.warnings.find(({ code }) => code === 'too-few-particles');
  return warning ? `By volume: ${warning.message}.` : null;
}
