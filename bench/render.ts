import sharp from 'sharp';
import { acquisitionDefaults, specimenOf } from '../src/simulator/acquisition-options.ts';
import { createCamera, type Exposure } from '../src/simulator/exposure.ts';

/**
 * How fast one core renders 1920 x 1200 tiles, at the paper's density and at 200 particles a tile, against
 * writing the same tile as PNG (zlib's level 6, one thread), which any simulator must do besides.
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

/** Seconds a call, the best of some: what else runs on the machine only ever adds. */
async function secondsOf(work: () => unknown): Promise<number> {
  await work();
  let best = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
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
  const layStart = performance.now();
  const laid = camera.powder(1).particles.length;
  const laySeconds = (performance.now() - layStart) / 1000;
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
    'particles laid/s': Math.round(laid / laySeconds),
    'render, tiles/s': Number((1 / render).toFixed(2)),
    'PNG encoding, tiles/s': Number((1 / encode).toFixed(2)),
    'render / encoding, time': Number((render / encode).toFixed(2)),
  };
}
console.table(rows);
