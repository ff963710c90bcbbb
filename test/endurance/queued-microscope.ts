import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { writeInPieces } from '../support/tiles.ts';
import type { Entry } from './ledger.ts';
import { pictureBank, type TilePlace } from './picture-bank.ts';
import type { SampleTruth } from './promises.ts';

const GRID = { rows: 2, columns: 4 };
const PICTURES = 12;
/** Tiles that may wait unanswered before the microscope pauses. */
const AHEAD = 12;

/** The places of a sample's tiles, in the order of acquisition. */
export const PLACES = Array.from({ length: GRID.rows * GRID.columns }, (_, at) => at);

export interface PlannedSample {
  readonly label: string;
  readonly files: readonly { readonly name: string; readonly at: number; readonly isFlat: boolean }[];
}

export interface QueuedMicroscope {
  readonly samples: readonly PlannedSample[];
  readonly tileBytes: (place: TilePlace) => Buffer;
  /** Resolves once all is written. */
  readonly written: Promise<SampleTruth[]>;
}

/** Samples of 8 tiles; of every fourth sample one tile is of a single grey and cannot be segmented. */
export function samplesOf(tiles: number): PlannedSample[] {
  return Array.from({ length: Math.ceil(tiles / PLACES.length) }, (_, sample) => ({
    label: `sample ${sample}`,
    files: PLACES.map((at) => ({ name: `s${sample}_${at}.tiff`, at, isFlat: sample % 4 === 3 && at === 2 })),
  }));
}

export function placeOf(label: string, at: number, isFlat = false): TilePlace {
  return { label, row: Math.floor(at / GRID.columns), column: at % GRID.columns, isFlat };
}

/**
 * Writes its samples one after another.
 * @param progress how many of its tiles may be written by now, as a share
 */
export function queuedMicroscope(options: {
  readonly folder: string;
  readonly samples: readonly PlannedSample[];
  readonly seed: number;
  readonly progress: { readonly share: number };
  readonly entries: () => readonly Entry[];
}): QueuedMicroscope {
  const { folder, samples, seed, progress, entries } = options;
  const tileBytes = pictureBank(PICTURES, seed);
  const heard = (): number =>
    new Set(entries().flatMap(({ topic, payload }) => (topic.endsWith('/tile') ? contentOf(payload) : [])))
      .size;

  async function write(): Promise<SampleTruth[]> {
    const all = samples.length * PLACES.length;
    let written = 0;
    for (const { label, files } of samples) {
      for (const { name, at, isFlat } of files) {
        while (written >= AHEAD + progress.share * all || written - heard() >= AHEAD) await delay(50);
        await writeInPieces(join(folder, name), tileBytes(placeOf(label, at, isFlat)), 2, 40);
        written += 1;
        await delay(60);
      }
    }
    return samples.map(({ label, files }) => ({
      ...{ label, tiles: files.length, missing: 0 },
      unusable: files.filter(({ isFlat }) => isFlat).map(({ name }) => name),
    }));
  }
  return { samples, tileBytes, written: write() };
}

function contentOf(payload: string): string[] {
  return /"contentHash":"(\w+)"/.exec(payload)?.slice(1) ?? [];
}
