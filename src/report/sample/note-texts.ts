import type { TileNote } from '../../watcher/metadata/tile-notes.ts';
import { counted } from '../figure-text.ts';
import type { SampleSummary } from './sample-summary.ts';

const meanings: Readonly<Record<TileNote, string>> = {
  'lossy-compression':
    'compressed with loss (JPEG), which moves edges and so sizes: export TIFF from the microscope',
  'pixel-size-stated':
    'without a pixel size in the file: it is stated beside it or in the configuration, and nothing proves it',
  'pixel-size-ignored':
    'with a pixel size in the file, which counts, though the configuration states another (instrument.pixelSizeNm)',
  'no-stage-position':
    'without a place on the stage: nothing is known to be missing, and no particle is put together over borders',
  'stage-axes-assumed':
    'of a microscope whose stage is taken to count to the right and up: no particle is put together over borders, and what overlapping tiles show twice counts twice',
};

/** What is to be known of the tiles' files, a sentence each. */
export function noteTexts({ notes = [] }: Pick<SampleSummary, 'notes'>): string[] {
  return notes.map(({ note, tiles }) => `${counted(tiles, 'tile')} ${meanings[note]}.`);
}
