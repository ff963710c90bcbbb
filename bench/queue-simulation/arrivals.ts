import type { Random } from '../../src/simulator/random.ts';

/** A sample as the paper images it: 12 x 24 tiles. */
export const SAMPLE_TILES = 288;
/** Scanned at 16 integrations of 200 ns over 1920 x 1200 pixels, as real exports say: 7.4 s; the stage has the rest. */
export const SCANNED_TILE_S = 8;
/** Another sample is put in: evenly from 5 to 15 minutes. */
const PAUSE_S = [300, 900] as const;

/** A microscope that images sample after sample; in the middle of its first when one begins to look. */
export function* scanning(random: Random): Generator<number> {
  const wholeS = SAMPLE_TILES * SCANNED_TILE_S;
  const meanS = wholeS + (PAUSE_S[0] + PAUSE_S[1]) / 2;
  for (let startS = -random.uniform(0, meanS); ; startS += wholeS + random.uniform(...PAUSE_S)) {
    for (let tile = 0; tile < SAMPLE_TILES; tile += 1) {
      const atS = startS + (tile + 1) * SCANNED_TILE_S;
      if (atS >= 0) yield atS;
    }
  }
}

/** So many tiles at even distances. */
export function* even(fromS: number, tiles: number, perS: number): Generator<number> {
  for (let tile = 0; tile < tiles; tile += 1) yield fromS + tile / perS;
}

/** Independent of one another, at a mean rate: a Poisson process. */
export function* independent(random: Random, perS: number): Generator<number> {
  for (let atS = 0; ; ) {
    atS -= Math.log(1 - random.uniform()) / perS;
    yield atS;
  }
}
