/**
 * How what is done with a store grows with the samples in it: each part on stores of 10, 100 and 1,000 samples of 288 tiles
 * and 35 particles a tile (10,080,000 in the last), in turns, the least processor time of its turns. The largest takes 4 GB of disk.
 *
 *     node bench/store-scale.ts
 *     node bench/store-scale.ts --samples 10,100 --turns 3 --only live,status
 *     node bench/store-scale.ts --folder /scratch/store --keep     leaves the stores there, and uses those that are there
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config/load.ts';
import type { Config } from '../src/config/schema.ts';
import { openStore, openStoreReadOnly } from '../src/store/database.ts';
import { undoLastMigration } from './last-migration.ts';
import { parts } from './scaled-parts.ts';
import { fillStore, newestSample, PARTICLES_A_TILE, type Scaled, TILES_A_SAMPLE } from './scaled-store.ts';

const WHAT = 46;
const FIGURE = 10;

function configOf(folder: string): Config {
  mkdirSync(join(folder, 'export'), { recursive: true });
  const settings = {
    instrument: { name: 'bench' },
    watch: { folder: join(folder, 'export') },
    mqtt: { broker: 'embedded', port: 0 },
    store: { file: join(folder, 'particled.db') },
    report: { folder: null },
    retention: { rowsDays: null },
  };
  return loadConfig(null, {}, settings);
}

function filled(folder: string, samples: number): Scaled {
  const config = configOf(join(folder, String(samples)));
  const sinceMs = performance.now();
  const { file } = config.store;
  if (!existsSync(file)) fillStore(config, samples);
  const store = openStore(file);
  const particles = (samples * TILES_A_SAMPLE * PARTICLES_A_TILE).toLocaleString('en');
  const megabytes = (statSync(file).size / 1e6).toFixed(0);
  const seconds = ((performance.now() - sinceMs) / 1000).toFixed(0);
  console.log(`${samples} samples, ${particles} particles: ${megabytes} MB, there after ${seconds} s`);
  return { config, newest: newestSample(store), store, reader: openStoreReadOnly(file) };
}

function say(what: string, cells: readonly string[]): void {
  console.log(what.padEnd(WHAT) + cells.map((cell) => cell.padStart(FIGURE)).join(''));
}

function sayTimes(what: string, times: readonly number[]): void {
  const ratio = times.at(-1)! / times[0]!;
  say(what, [...times.map((ms) => `${ms.toFixed(ms < 10 ? 2 : 0)} ms`), ratio.toFixed(ratio < 10 ? 1 : 0)]);
}

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '10,100,1000' },
    turns: { type: 'string', default: '5' },
    folder: { type: 'string', default: join(tmpdir(), 'particled-store-scale') },
    only: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
  },
});
const sizes = values.samples.split(',').map(Number);
try {
  const stores = sizes.map((samples) => filled(values.folder, samples));
  say('\nsamples', [...sizes.map(String), 'ratio']);
  for (const [what, part] of Object.entries(parts)) {
    if (!values.only.split(',').some((part) => what.includes(part))) continue;
    const times = stores.map(() => Number.POSITIVE_INFINITY);
    for (let turn = 0; turn < Number(values.turns); turn++) {
      for (const [at, store] of stores.entries()) times[at] = Math.min(times[at]!, await part(store));
    }
    sayTimes(what, times);
  }
  for (const { store, reader } of stores) {
    reader.close();
    store.close();
  }
  sayTimes(
    'the last migration, with the opening',
    stores.map(({ config }) => {
      undoLastMigration(config.store.file);
      const sinceMs = performance.now();
      openStore(config.store.file).close();
      return performance.now() - sinceMs;
    }),
  );
} finally {
  if (!values.keep) rmSync(values.folder, { recursive: true, force: true });
}
