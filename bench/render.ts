import sharp from 'sharp';
import { createCamera, type Exposure } from '../src/simulator/acquisition/exposure.ts';
import { acquisitionDefaults, specimenOf } from '../src/simulator/acquisition/options.ts';

/**
 * How fast one core renders 1920 x 1200 tiles, at the paper's density and at 200 particles a tile, against
 * writing the same tile as PNG (zlib's level 6, one thread), which any simulator must do besides; and how long
 * laying a whole grid takes before its first tile.
 */
const rounds = 5;

const tile: Exposure = {
  row: 0,
  column: 0,
  file: '',
  centreUm: { x: 0, y: 0 },
  sampleLabel: '',
  seed: 1,
  zoom: 1,
  writing: 'whole',
};

sharp.concurrency(1);

/** Processor seconds a call, all threads together, the best of some: what else runs on the machine only ever adds. */
async function secondsOf(work: () => unknown): Promise<number> {
  await work();
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, user + system);
  }
  return best / 1e6;
}

const rows: Record<string, Record<string, number>> = {};
for (const [name, particlesPerMm2] of [
  ['licoo2, 32 particles', 8000],
  ['licoo2, 200 particles', 50_000],
] as const) {
  const specimen = {
    ...specimenOf({ ...acquisitionDefaults, folder: '', rows: 1, columns: 1 }),
    amount: { kind: 'density', particlesPerMm2 },
  } as const;
  const camera = createCamera(specimen);
  const { pixels, seen } = camera.expose(tile);
  const render = await secondsOf(() => camera.expose(tile));
  const { widthPx: width, heightPx: height } = specimen.grid;
  const encode = await secondsOf(() =>
    sharp(pixels, { raw: { width, height, channels: 1 } })
      .png({ compressionLevel: 6 })
      .toBuffer(),
  );
  rows[name] = {
    'particles seen': seen.length,
    'render, s/tile': Number(render.toFixed(2)),
    'PNG encoding, s/tile': Number(encode.toFixed(2)),
    'render / encoding': Number((render / encode).toFixed(1)),
  };
}
console.table(rows);

const grid = createCamera(specimenOf({ ...acquisitionDefaults, folder: '' }));
const before = process.cpuUsage();
const { length } = grid.powder(1).particles;
const laySeconds = process.cpuUsage(before).user / 1e6;
console.log(`laying the ${length} particles of a 12 x 24 grid: ${laySeconds.toFixed(1)} s`);
