/**
 * Lets a daemon segment thousands of small tiles, and says whether memory, descriptors, event loop and disk stand still.
 *
 *     npm run soak -- --tiles 10000
 *
 * A reading is taken each fortieth of the tiles. Over the second half of the readings a figure may grow by a tenth of its
 * median, or by the allowance beside it where that is more (test/endurance/flatness.ts).
 */
import { parseArgs } from 'node:util';
import { flatness } from './flatness.ts';
import { type SoakReading, soak } from './soak.ts';

const READINGS = 40;

const figures: readonly {
  readonly name: string;
  readonly key: keyof SoakReading;
  readonly allowance: number;
}[] = [
  { name: 'main process, MB', key: 'mainMb', allowance: 15 },
  { name: 'its heap at the least, MB', key: 'heapMb', allowance: 10 },
  { name: 'its buffers, MB', key: 'externalMb', allowance: 5 },
  { name: 'segmenters, MB', key: 'segmentersMb', allowance: 30 },
  { name: 'peak of all processes, MB', key: 'treePeakMb', allowance: 50 },
  { name: 'open descriptors', key: 'descriptors', allowance: 4 },
  { name: 'loop held at most, ms', key: 'loopDelayMaxMs', allowance: 50 },
  { name: 'write-ahead log, MB', key: 'walMb', allowance: 1 },
  { name: 'database, bytes a tile', key: 'databaseBytesPerTile', allowance: 500 },
  { name: 'outbox, rows', key: 'outboxRows', allowance: 50 },
];

const { values } = parseArgs({ options: { tiles: { type: 'string', default: '10000' } } });
const tiles = Number(values.tiles);
const start = performance.now();
console.log(['tiles', ...figures.map(({ name }) => name)].join(' | '));
const readings = await soak({
  tiles,
  readings: Math.min(READINGS, tiles),
  onReading: (reading) =>
    console.log([reading.tiles, ...figures.map(({ key }) => reading[key].toFixed(0))].join(' | ')),
});
console.log(`\n${tiles} tiles in ${((performance.now() - start) / 60_000).toFixed(1)} min\n`);
let allFlat = true;
for (const { name, key, allowance } of figures) {
  const series = readings.map((reading) => ({ tiles: reading.tiles, value: reading[key] }));
  const { growth, limit, isFlat } = flatness(series, allowance);
  allFlat &&= isFlat;
  const [first, last] = [series[0]!.value, series.at(-1)!.value];
  console.log(
    `${name.padEnd(28)} first ${first.toFixed(0).padStart(6)}  last ${last.toFixed(0).padStart(6)}  ` +
      `grows by ${growth.toFixed(1).padStart(8)} over the second half (limit ${limit.toFixed(1)})  ${isFlat ? 'flat' : 'NOT FLAT'}`,
  );
}
process.exitCode = allFlat ? 0 : 1;
