import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { configSchema } from '../src/config/schema.ts';
import { holds } from '../src/inference/model/magnification-range.ts';
import { loadModels, type Model, packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { segmentImage } from '../src/inference/segment-image.ts';
import { openTrusted } from '../src/known-answer/trusted-network.ts';
import { measureParticle } from '../src/measure/measure-particle.ts';
import { type ExampleTile, exampleTile } from '../src/simulator/tiles/example-tile.ts';
import { percentile } from '../src/statistics/numeric/percentile.ts';

/**
 * What each shipped model finds on fixed virtual tiles. A test compares with test/golden.json; run this to renew
 * that file on purpose, when models or the simulator are meant to answer otherwise.
 */
export const goldenFile = fileURLToPath(new URL('../test/golden.json', import.meta.url));

const SCENES = ['licoo2', 'high'] as const;
const SEEDS = [1, 2];

/** Of all particles that one model finds in the tiles of one scene. */
export interface GoldenResult {
  readonly model: string;
  readonly scene: string;
  readonly count: number;
  readonly diameterMeanUm: number;
  readonly diameterD50Um: number;
  /** Which network and which pixels gave these figures. */
  readonly modelSha256: string;
  readonly tilesSha256: string;
}

/** Every shipped model on each scene whose magnification it serves. */
export async function goldenResults(): Promise<GoldenResult[]> {
  const models = await loadModels(packagedModelsFolder);
  const { displayWidthM } = configSchema.parse({}).instrument;
  const results: GoldenResult[] = [];
  for (const scene of SCENES) {
    const tiles = SEEDS.map((seed) => exampleTile(scene, seed));
    const magnification = (displayWidthM * 1e6) / tiles[0]!.fieldWidthUm;
    for (const model of models.filter(({ manifest }) => holds(manifest.magnification, magnification))) {
      results.push({ model: model.manifest.name, scene, ...(await found(model, tiles)) });
    }
  }
  return results;
}

async function found(
  model: Model,
  tiles: readonly ExampleTile[],
): Promise<Omit<GoldenResult, 'model' | 'scene'>> {
  const { network } = await openTrusted(model, 1);
  const hash = createHash('sha256');
  const diametersUm: number[] = [];
  for (const tile of tiles) {
    hash.update(tile.pixels);
    const { segments } = await segmentImage(tile, model, network, 'bright');
    diametersUm.push(...segments.map((s) => measureParticle(s.mask, tile, s).diameterEquivalentUm));
  }
  await network.close();
  diametersUm.sort((a, b) => a - b);
  const sumUm = diametersUm.reduce((sum, diameterUm) => sum + diameterUm, 0);
  return {
    count: diametersUm.length,
    diameterMeanUm: rounded(sumUm / diametersUm.length),
    diameterD50Um: rounded(percentile(diametersUm, 0.5)),
    modelSha256: model.manifest.sha256,
    tilesSha256: hash.digest('hex'),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(5));
}

if (import.meta.main) {
  const results = await goldenResults();
  writeFileSync(goldenFile, `${JSON.stringify(results, null, 2)}\n`);
  for (const { model, scene, count, diameterMeanUm, diameterD50Um } of results) {
    console.log(
      `${model} on ${scene}: ${count} particles, mean ${diameterMeanUm} um, D50 ${diameterD50Um} um`,
    );
  }
}
