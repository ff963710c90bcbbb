import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { classicalSegments } from '../src/evaluation/classical/classical-segments.ts';
import { loadModel } from '../src/inference/model/model-folder.ts';
import { openNetwork } from '../src/inference/network.ts';
import { segmentImage } from '../src/inference/segment-image.ts';
import type { GreyImage } from '../src/watcher/image/grey-image.ts';
import { readPixels } from '../src/watcher/image/pixels.ts';
import { median, ms, say } from './figures.ts';

/** Ways from a tile's pixels to its particles; each is measured in a process of its own. */
export interface Contender {
  readonly name: string;
  /** A model folder; null: the classical baseline. */
  readonly model: string | null;
}

interface Measured {
  readonly tileMs: number;
  /** Hash, load and first run. */
  readonly loadMs: number;
  readonly peakMb: number;
  /** Of a tile. */
  readonly particles: number;
}

/** A slow contender gets no more tiles after this. */
const ENOUGH_MS = 45_000;
const TILES = 8;

/** Prints each contender beside the first, all on the same tiles, one tile at a time, with so many threads. */
export async function contend(
  contenders: readonly Contender[],
  threads: number,
  paths: readonly string[],
): Promise<void> {
  console.log(`\nfrom pixels to particles, one tile at a time, ${threads} thread(s) for a network:\n`);
  say('', '   a tile', '   ratio      load  peak memory   ratio  particles');
  let ours: Measured | null = null;
  for (const { name, model } of contenders) {
    const found = await measuredApart(model, threads, paths);
    ours ??= found;
    say(
      name,
      ms(found.tileMs),
      [
        (found.tileMs / ours.tileMs).toFixed(2).padStart(6),
        ms(found.loadMs).padStart(11),
        `${found.peakMb.toFixed(0)} MB`.padStart(12),
        (found.peakMb / ours.peakMb).toFixed(2).padStart(7),
        String(found.particles).padStart(10),
      ].join(' '),
    );
  }
}

async function measuredApart(
  model: string | null,
  threads: number,
  paths: readonly string[],
): Promise<Measured> {
  const words = [
    fileURLToPath(import.meta.url),
    JSON.stringify({ model, threads, paths: paths.slice(0, TILES) }),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return JSON.parse(stdout);
}

async function measured(model: string | null, threads: number, paths: readonly string[]): Promise<Measured> {
  const loading = performance.now();
  const segment = await segmenterOf(model, threads);
  const loadMs = performance.now() - loading;
  const takenMs: number[] = [];
  const particles: number[] = [];
  const start = performance.now();
  for (const [i, path] of paths.entries()) {
    if (i > 1 && performance.now() - start > ENOUGH_MS) break;
    const image = await readPixels(path, 0);
    const before = performance.now();
    const found = await segment(image);
    // The first tile is slow: memory is laid out, code is compiled.
    if (i > 0) takenMs.push(performance.now() - before);
    particles.push(found);
  }
  const peakKb = Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
  return { tileMs: median(takenMs), loadMs, peakMb: peakKb / 1024, particles: median(particles) };
}

async function segmenterOf(
  folder: string | null,
  threads: number,
): Promise<(image: GreyImage) => Promise<number>> {
  if (folder === null) return async (image) => classicalSegments(image, 'bright').length;
  const model = await loadModel(folder);
  const network = await openNetwork(model, threads);
  return async (image) => (await segmentImage(image, model, network, 'bright')).segments.length;
}

if (import.meta.main) {
  const { model, threads, paths } = JSON.parse(process.argv[2] ?? '{}');
  console.log(JSON.stringify(await measured(model, threads, paths)));
}
