import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AcquisitionOptions } from '../../src/simulator/acquisition/options.ts';
import { simulateAcquisition } from '../../src/simulator/acquisition/simulate-acquisition.ts';

/** A tile as the microscope writes it. */
export interface TileBytes {
  readonly file: string;
  readonly bytes: Buffer;
}

/**
 * Low strips, since a network's time goes with the area at 960 px of width: 320 x 64 px are scaled to
 * 960 x 192 and take a fifth of the time of a tile of usual shape. 80 um over 320 px: 250 nm a pixel.
 */
export const strip = { widthPx: 320, heightPx: 64, fieldWidthUm: 80 } as const;

/** The tiles of a simulated grid, in the order of acquisition, in memory. */
export async function simulatedTiles(options: Omit<AcquisitionOptions, 'folder'>): Promise<TileBytes[]> {
  const folder = mkdtempSync(join(tmpdir(), 'particled-tiles-'));
  const tiles: TileBytes[] = [];
  try {
    await simulateAcquisition({ ...strip, ...options, folder }, ({ path }) => {
      tiles.push({ file: basename(path), bytes: readFileSync(path) });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return tiles;
}

/** Writes tiles into a folder; gives their paths. */
export function writeTiles(folder: string, tiles: readonly TileBytes[]): string[] {
  return tiles.map(({ file, bytes }) => {
    const path = join(folder, file);
    writeFileSync(path, bytes);
    return path;
  });
}

/** Writes a file in place, in pieces, as the microscope does. */
export async function writeInPieces(
  path: string,
  bytes: Buffer,
  pieces: number,
  pauseMs: number,
): Promise<void> {
  const file = await open(path, 'w');
  try {
    const pieceBytes = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (at > 0) await delay(pauseMs);
      await file.writeFile(bytes.subarray(at, at + pieceBytes));
    }
  } finally {
    await file.close();
  }
}

/** The same file with a piece of its FeiImage document replaced by another of the same length. */
export function withMetadata({ file, bytes }: TileBytes, name: string, from: string, to: string): TileBytes {
  const at = bytes.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`${file}: cannot write "${to}" over "${from}"`);
  const changed = Buffer.from(bytes);
  changed.write(to, at, 'latin1');
  return { file: name, bytes: changed };
}
