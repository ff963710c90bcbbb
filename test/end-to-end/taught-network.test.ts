import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { masksById } from '../../src/evaluation/painted-labels.ts';
import { packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import { outlineOf } from '../../src/measure/outline.ts';
import { CommandRefusedError } from '../../src/publish/command-kinds.ts';
import { createReviewing, type Reviewing } from '../../src/requests/reviewing.ts';
import { phenomTiff } from '../../src/simulator/acquisition/phenom-file.ts';
import { makeDatasetFolders, writeLabelledImage } from '../../src/simulator/dataset/labelled-image.ts';
import { makeSample } from '../../src/simulator/dataset/make-sample.ts';
import { createRandom } from '../../src/simulator/random.ts';
import { openStore } from '../../src/store/database.ts';
import { gone, particledWith } from '../support/command.ts';
import { startDaemonProcess } from '../support/daemon-process.ts';
import { itNeeding } from '../support/needs.ts';
import { type Premises, premises, settingsFor } from '../support/premises.ts';
import { until } from '../support/until.ts';

const interpreter = resolve(process.env.TRAINING_PYTHON ?? '.venv/bin/python');
const python = {
  isMet: existsSync(interpreter),
  what: `${interpreter}: make it as training/README.md says, or name another in TRAINING_PYTHON`,
};

/** Clusters of touching primaries, photographed so fast that the shipped model overlooks most of them in the noise. */
const powder = { style: 'clustered', sizePx: 320 } as const;
const NOISE_GREY = 40;
const taught = { rows: 4, columns: 5, seed: 41 };
const others = { rows: 2, columns: 3, seed: 42 };
const PIXEL_SIZE_NM = 250;

itNeeding(python)(
  'a model that is taught with corrections of 20 tiles finds more in other tiles of the same powder, as a shadow shows before it serves',
  async () => {
    const place = premises();
    await writeTiles(place, taught);
    const daemon = startDaemonProcess(place, settingsOf(place, taught));
    await daemon.says('run ended');
    await daemon.end('SIGTERM');
    correctByTruth(place);
    const data = join(place.folder, 'data');
    const store = { PARTICLED_STORE_FILE: place.storeFile };
    const exported = await particledWith(store, 'corrections', 'export', join(data, 'corrections'));
    expect(exported.code, exported.stderr).toBe(0);
    expect(exported.stdout).toContain('20 of 20 corrected tiles');

    const run = join(place.folder, 'run');
    const start = '--start-from weights/low.safetensors --frozen-blocks 5';
    const schedule = '--iterations 40 --batch 2 --crop 320 --peak-rate 1.5e-4 --workers 0';
    await trained(`train.py --data ${data} --out ${run} --shares corrections=1 ${start} ${schedule}`);
    const models = await modelsWithShadow(place, run);
    const before = await accuracyOn(place, { PARTICLED_MODELS_FOLDER: models }, 'low');

    const { serving, shadow } = await piecesBesideEachOther(models);
    expect(shadow, `the serving model found ${serving}`).toBeGreaterThan(serving);

    const served = await particledWith({ PARTICLED_MODELS_FOLDER: models }, 'models', 'serve', 'taught');
    expect(served.stdout, served.stderr).toContain('low is set aside in');
    const after = await accuracyOn(place, { PARTICLED_MODELS_FOLDER: models }, 'taught');
    expect(after, `AJI+ was ${before} before`).toBeGreaterThan(before + 0.05);
  },
  1_800_000,
);

interface Tiles {
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
}

function sampleOf({ seed }: Pick<Tiles, 'seed'>, index: number) {
  const { picture, truth } = makeSample({ ...powder, seed, index });
  const random = createRandom(seed).fork(index);
  const noisy = Uint8ClampedArray.from(picture.image, (grey) => grey + random.normal(0, NOISE_GREY));
  return { picture: { ...picture, image: Uint8Array.from(noisy) }, truth };
}

/** Tiles of the powder as a microscope exports them. */
async function writeTiles({ exportFolder }: Premises, tiles: Tiles): Promise<void> {
  const { rows, columns } = tiles;
  const fieldUm = (powder.sizePx * PIXEL_SIZE_NM) / 1000;
  for (let index = 0; index < rows * columns; index++) {
    const { widthPx, heightPx, image } = sampleOf(tiles, index).picture;
    const at = { x: fieldUm * (index % columns), y: -fieldUm * Math.floor(index / columns) };
    const facts = {
      ...{ pixelSizeNm: PIXEL_SIZE_NM, stagePositionUm: at, sampleLabel: 'clusters' },
      ...{ instrumentId: 'MVE-1', acquiredAt: '2026-01-02T03:04:05' },
    };
    await writeFile(
      join(exportFolder, `tile_${index}.tiff`),
      phenomTiff({ widthPx, heightPx, pixels: image }, facts),
    );
  }
}

function settingsOf(place: Premises, { rows, columns }: Tiles) {
  return settingsFor(place, { grid: { rows, columns }, mqtt: { broker: 'embedded', port: 0 } });
}

/** Pieces that no border cuts in tiles nobody corrected: of `low`, which serves, and of what was taught, its shadow. */
async function piecesBesideEachOther(models: string): Promise<{ serving: number; shadow: number }> {
  const place = premises();
  await writeTiles(place, others);
  const settings = {
    ...settingsOf(place, others),
    models: { folder: models, shadow: { model: 'taught', share: 1 } },
  };
  const daemon = startDaemonProcess(place, settings);
  await daemon.says('run ended');
  const setting = { PARTICLED_MODELS_FOLDER: models, PARTICLED_STORE_FILE: place.storeFile };
  const comparison = await until('the shadow to have seen all tiles', async () => {
    const shown = await particledWith(setting, 'models', 'shadow', '--json');
    const { comparison } = JSON.parse(shown.stdout);
    return comparison?.tiles.compared === others.rows * others.columns ? comparison : undefined;
  });
  await daemon.end('SIGTERM');
  return comparison.figures.find(({ figure }: { figure: string }) => figure === 'count');
}

/** What a reviewer does who knows the truth: away with all that was found, and each particle drawn as it is. */
function correctByTruth(place: Premises): void {
  const store = openStore(place.storeFile);
  try {
    const reviewing = createReviewing({ store, models: [], changed: () => {} });
    const tiles = store.tiles.ofRun(1);
    expect(tiles).toHaveLength(taught.rows * taught.columns);
    for (const { id, file } of tiles) {
      const index = Number(/tile_(\d+)/.exec(file.path)?.[1]);
      for (const number of store.particles.foundIn(id).keys()) {
        reviewing.correct(file.contentHash, 'truth', { kind: 'delete', of: number });
      }
      expect(drawTruth(reviewing, file.contentHash, index)).toBeGreaterThan(0);
    }
  } finally {
    store.close();
  }
}

/** @returns how many were drawn: dust is refused, as nobody would draw it */
function drawTruth(reviewing: Reviewing, contentHash: string, index: number): number {
  const { picture, truth } = sampleOf(taught, index);
  const masks = masksById(picture);
  let drawn = 0;
  for (const { label, verdict } of truth.particles) {
    const mask = masks.get(label);
    if (!mask) continue;
    const outlinePx = outlineOf(mask, picture);
    try {
      reviewing.correct(contentHash, 'truth', { kind: 'draw', outlinePx, certain: verdict === 'certain' });
      drawn++;
    } catch (error) {
      if (!(error instanceof CommandRefusedError)) throw error;
    }
  }
  return drawn;
}

/** The run's network, exported and added to a folder of models, where it serves no tile yet. */
async function modelsWithShadow({ folder }: Premises, run: string): Promise<string> {
  const network = join(folder, 'network');
  await mkdir(network);
  await copyFile(join(packagedModelsFolder, 'low', 'manifest.json'), join(network, 'manifest.json'));
  await trained(`export.py --run ${run} --model ${network}`);
  const models = join(folder, 'models');
  await cp(packagedModelsFolder, models, { recursive: true });
  const setting = { PARTICLED_MODELS_FOLDER: models };
  const added = await particledWith(setting, 'models', 'add', network, '--name', 'taught', '--shadow');
  expect(added.code, added.stderr).toBe(0);
  return models;
}

/** Mean AJI+ on tiles that nobody corrected. */
async function accuracyOn(
  { folder }: Premises,
  setting: Readonly<Record<string, string>>,
  model: string,
): Promise<number> {
  const set = join(folder, 'others');
  if (!existsSync(set)) {
    await makeDatasetFolders(set);
    for (let index = 0; index < others.rows * others.columns; index++) {
      const { picture, truth } = sampleOf(others, index);
      await writeLabelledImage(set, `tile_${index}`, picture, truth);
    }
  }
  const judged = await particledWith(setting, 'evaluate', '--dataset', set, '--model', model, '--json');
  expect(judged.code, judged.stderr).toBe(0);
  return JSON.parse(judged.stdout).models[model].ajiPlusMean;
}

/** Runs a script of training/ with its words. */
async function trained(line: string): Promise<void> {
  const child = spawn(interpreter, line.split(' '), { cwd: 'training' });
  const [, stderr] = await Promise.all([text(child.stdout), text(child.stderr), gone(child)]);
  expect(child.exitCode, stderr).toBe(0);
}
