/**
 * Whether the memory of an analysis grows with the archive: the same walk over 1,000 and over many files, each in a process
 * of its own, without a network; and the listing of a folder alone, beside the one that holds every file in memory.
 * TMPDIR=/dev/shm leaves out what the disk takes.
 *
 *     node bench/archive.ts [--files 10000] [--names 100000]
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { walkFolder } from '../src/commands/analyse/walk-folder.ts';
import { loadConfig } from '../src/config/load.ts';
import { loadModels, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { silentLogger } from '../src/logger.ts';
import type { Particle } from '../src/measure/particle.ts';
import { digestSettings } from '../src/run/digest.ts';
import { startDigester } from '../src/run/digester.ts';
import type { Segmenter } from '../src/segmenter/port.ts';
import { openStore } from '../src/store/database.ts';
import { listFolder } from '../src/watcher/folder-listing.ts';
import { scanFolder } from '../src/watcher/folder-scan.ts';
import { createPathFilter } from '../src/watcher/path-filter.ts';
import { writeSmallTile } from '../test/support/small-tile.ts';
import { say } from './figures.ts';

const COLUMNS = 24;
const TILES_A_FOLDER = 288;
const FEW = 1000;
const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '10000' },
    names: { type: 'string', default: '100000' },
    part: { type: 'string' },
    folder: { type: 'string', default: '' },
  },
});
const config = loadConfig(null, {}, { watch: { folder: values.folder || '.' }, report: { folder: null } });
const filter = createPathFilter(config.watch);

/** Folders of 288 tiles each, all of other pixels. */
function writeArchive(folder: string, files: number): void {
  for (let at = 0; at < files; at++) {
    const label = `s${Math.floor(at / TILES_A_FOLDER)}`;
    const place = at % TILES_A_FOLDER;
    if (place === 0) mkdirSync(join(folder, label), { recursive: true });
    const row = Math.floor(place / COLUMNS);
    // The label stands in the file, so that no two are alike.
    writeSmallTile(join(folder, label), { label, row, column: place % COLUMNS, take: at % 97 });
  }
}

function writeNames(folder: string, files: number): void {
  mkdirSync(folder, { recursive: true });
  for (let at = 0; at < files; at++) writeFileSync(join(folder, `tile_row_${at % 12}_column_${at}.tiff`), '');
}

const PARTICLES_A_TILE = 30;

function particles(seed: number): Particle[] {
  return Array.from({ length: PARTICLES_A_TILE }, (_, at) => {
    const diameter = 1 + ((seed * 31 + at * 17) % 97) / 20;
    const areaUm2 = (Math.PI / 4) * diameter ** 2;
    return {
      ...{
        areaUm2,
        diameterEquivalentUm: diameter,
        diameterFeretMinUm: diameter,
        diameterFeretMaxUm: diameter,
      },
      ...{ perimeterUm: Math.PI * diameter, aspectRatio: 1, circularity: 1, solidity: 1 },
      ...{ centroidStageUm: null, centroidPx: { x: 16, y: 10 }, boxPx: [15, 9, 2, 2] },
      ...{ touchesBorder: false, cutsPx: [], objectness: 1, confidence: 1, certain: true },
    };
  });
}

let segmented = 0;
const segmenter: Segmenter = {
  segment: (task) =>
    Promise.resolve({
      particles: particles(segmented++),
      outlines: Array.from({ length: PARTICLES_A_TILE }, () => [[15, 9, 17, 9, 17, 11, 15, 11]]),
      quality: {
        ...{
          greyMean: 100,
          greyStandardDeviation: 30,
          greyP10: 40,
          greyP90: 160,
          blackShare: 0,
          whiteShare: 0,
        },
        ...{ saturatedShare: 0, edgeBlurPx: 1.2, rowFlickerGrey: 0.4, rowJitterPx: 0.05 },
      },
      model: { name: task.model, sha256: 'a'.repeat(64), arithmetic: 'as-shipped' },
      ...{ limitsReached: [], looks: 1, durationsMs: { read: 0, network: 0, combine: 0, measure: 0 } },
    }),
  close: () => Promise.resolve(),
};

const never = { signal: null, came: new Promise<void>(() => {}), end: () => {} };

const parts: Readonly<Record<string, () => Promise<void>>> = {
  async walk() {
    const file = join(values.folder, 'particled.db');
    const store = openStore(file);
    const digester = startDigester(file, digestSettings(config));
    const listing = await listFolder(values.folder, filter);
    const { done } = await walkFolder({
      ...{ config, store, digester, segmenter, listing, logger: silentLogger, stop: never },
      models: await loadModels(packagedModelsFolder),
      reporter: { write: () => Promise.resolve(), close: () => Promise.resolve() },
      capacity: 3,
    });
    const { segmented: kept } = store.tiles.countByState();
    if (kept !== done) throw new Error(`${done} files are done, and the store has ${kept} tiles`);
    await digester.close();
    store.close();
    listing.close();
  },
  async listing() {
    const listing = await listFolder(values.folder, filter);
    for (const { paths } of listing.pages(32)) if (paths.length === 0) throw new Error('an empty page');
    listing.close();
  },
  async scan() {
    await scanFolder(values.folder, filter);
  },
};

/** Peak resident memory of the part in a process of its own, in MB. */
function peakMb(part: string, folder: string): number {
  const words = [fileURLToPath(import.meta.url), '--part', part, '--folder', folder];
  return Number(
    execFileSync(process.execPath, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }),
  );
}

function tell(what: string, part: string, few: string, many: string): void {
  const [before, after] = [peakMb(part, few), peakMb(part, many)];
  say(
    what,
    `${after.toFixed(0)} MB`,
    `${(after / before).toFixed(2)} times the ${before.toFixed(0)} MB of ${FEW}`,
  );
}

if (values.part) {
  await parts[values.part]!();
  console.log(process.resourceUsage().maxRSS / 1024);
} else {
  const work = mkdtempSync(join(tmpdir(), 'particled-bench-'));
  const [fewNames, manyNames, few, many] = ['few-names', 'many-names', 'few', 'many'].map((name) =>
    join(work, name),
  );
  try {
    writeNames(fewNames!, FEW);
    writeNames(manyNames!, Number(values.names));
    tell(`listing of ${values.names} files`, 'listing', fewNames!, manyNames!);
    tell('the same, every file in memory', 'scan', fewNames!, manyNames!);
    writeArchive(few!, FEW);
    writeArchive(many!, Number(values.files));
    tell(`walk over ${values.files} tiles`, 'walk', few!, many!);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
