import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModels, packagedModelsFolder } from '../../src/inference/model/model-folder.ts';
import type { SegmentTask, TileResult } from '../../src/segmenter/port.ts';
import { createPipeline } from '../../src/walk/pipeline.ts';
import { isChosen } from '../../src/walk/shadow-tiles.ts';
import { exampleParticle } from '../store/examples.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { threeParticles, type Walk, walkOn } from '../support/walk.ts';

const [high, low] = await loadModels(packagedModelsFolder);

/** As the serving one in all but name and one threshold. */
const next = {
  ...low!,
  manifest: {
    ...low!.manifest,
    name: 'next',
    magnification: { from: 0, below: null },
    thresholds: { ...low!.manifest.thresholds, objectnessCertain: 0.9 },
  },
};
const square = [[90, 180, 115, 180, 115, 230, 90, 230]];
const use = { name: 'next', sha256: next.manifest.sha256, thresholds: next.manifest.thresholds };

function shadowOf(segment: (task: SegmentTask) => Promise<void> | void, share = 1) {
  const asked: SegmentTask[] = [];
  const hold = { isOn: false };
  return {
    asked,
    hold,
    shadow: {
      ...{ model: next, share },
      segmenter: {
        hold() {
          hold.isOn = true;
        },
        goOn() {
          hold.isOn = false;
        },
        async segment(task: SegmentTask): Promise<TileResult> {
          asked.push(task);
          await segment(task);
          return {
            particles: [exampleParticle(7)],
            outlines: [square],
            quality: { greyMean: 1 } as unknown as TileResult['quality'],
            model: { name: task.model, sha256: use.sha256, arithmetic: 'exact' },
            ...{ limitsReached: [], looks: 1 },
            durationsMs: { read: 1, network: 20, combine: 300, measure: 4000 },
          };
        },
      },
    },
  };
}

function counts({ store }: Pick<Walk, 'store'>) {
  return store.shadows.counts(use);
}

describe('the tiles of a shadow model', () => {
  it('are a share of all that their content alone decides, the same for a larger share', () => {
    const hashes = Array.from({ length: 4000 }, (_, i) => createHash('sha256').update(`${i}`).digest('hex'));
    const tenth = hashes.filter((hash) => isChosen(hash, 0.1));
    // 400 in the mean, with a standard deviation of 19.
    expect(Math.abs(tenth.length - 400)).toBeLessThan(5 * 19);
    expect(tenth.every((hash) => isChosen(hash, 0.2))).toBe(true);
    expect(hashes.every((hash) => isChosen(hash, 1))).toBe(true);
  });

  it('are segmented after the serving model has, and change nothing that is said', async () => {
    const place = premises();
    const { shadow, asked } = shadowOf(() => {});
    const walk = await walkOn(place, { shadow });
    await walk.take(...writeSmallGrid(place.exportFolder, 2, 3));
    walk.pipeline.tick();
    await until('all to be segmented twice', () => counts(walk).segmented === 6);
    expect(asked[0]).toMatchObject({ model: 'next', thresholds: use.thresholds, overlayPath: null });
    const [run] = walk.store.runs.all();
    expect(walk.store.shadows.ofRun(run!.id, use)[0]?.finding).toEqual({
      ...{ particles: [exampleParticle(7)], outlines: [square], arithmetic: 'exact', durationMs: 4321 },
    });

    const alone = premises();
    const without = await walkOn(alone);
    await without.take(...writeSmallGrid(alone.exportFolder, 2, 3));
    const final = (one: Walk) => one.summaries().at(-1)?.statistics;
    expect(final(walk)).toEqual(final(without));
    expect(walk.tiles()).toHaveLength(6);
  });

  it('wait while any tile is with a segmenter or waits for one, in the middle of one too', async () => {
    const place = premises();
    const { shadow, asked, hold } = shadowOf(() => {});
    let release = (): void => {};
    let held = 0;
    const holding = { isOn: false };
    const walk = await walkOn(place, {
      shadow,
      // A single segmenter, and one tile that waits beside it.
      capacity: 2,
      async segment(task) {
        if (holding.isOn) {
          held += 1;
          await new Promise<void>((resolve) => {
            const before = release;
            release = () => {
              before();
              resolve();
            };
          });
        }
        return threeParticles(task);
      },
    });
    const [first, ...others] = writeSmallGrid(place.exportFolder, 1, 3);
    await walk.take(first!);
    holding.isOn = true;
    for (const path of others) walk.pipeline.arrive(path);
    await until('tiles to be held', () => held === 2);
    walk.pipeline.tick();
    expect(counts(walk)).toEqual({ waiting: 1, segmented: 0, failed: 0 });
    expect(asked).toEqual([]);
    expect(hold.isOn).toBe(true);
    holding.isOn = false;
    release();
    await walk.pipeline.idle();
    expect(hold.isOn).toBe(false);
    walk.pipeline.tick();
    await until('all to be segmented twice', () => counts(walk).segmented === 3);
  });

  it('leave out those that the shadow serves itself, and those of other magnifications', async () => {
    const place = premises();
    const { shadow } = shadowOf(() => {});
    const servedBy = (await walkOn(premises())).parts.models;
    expect(servedBy.map(({ manifest }) => manifest.name)).toEqual(['high', 'low']);
    const itself = { ...shadow, model: { ...low!, manifest: { ...low!.manifest, sha256: 'a'.repeat(64) } } };
    const walk = await walkOn(place, { shadow: itself });
    await walk.take(...writeSmallGrid(place.exportFolder, 1, 2));
    const [run] = walk.store.runs.all();
    const tile = walk.store.tiles.ofRun(run!.id)[0]!;
    expect(tile.model?.name).toBe('low');
    expect(walk.store.shadows.ofTile(tile.id)).toBeUndefined();

    const elsewhere = premises();
    const other = await walkOn(elsewhere, { shadow: { ...shadow, model: high! } });
    await other.take(...writeSmallGrid(elsewhere.exportFolder, 1, 2));
    expect(other.store.shadows.latestModel()).toBeNull();
  });

  it('are tried twice and given up, and a shadow that only fails rests until the next start', async () => {
    const place = premises();
    const { shadow, asked } = shadowOf(() => {
      throw new Error('its network fell over');
    });
    let nowMs = 0;
    // After pauses of 1, 2, 4 and 8 s.
    const hurried = { ...shadow, nowMs: () => (nowMs += 8001) };
    const walk = await walkOn(place, { shadow: hurried });
    await walk.take(...writeSmallGrid(place.exportFolder, 1, 3));
    const ticks = setInterval(() => walk.pipeline.tick(), 50);
    await until('it to rest', () => walk.log.lines.some(({ message }) => message.includes('rests until')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    clearInterval(ticks);
    expect(asked).toHaveLength(5);
    expect(counts(walk)).toEqual({ waiting: 1, segmented: 0, failed: 2 });
    expect(walk.pipeline.troubles()).toEqual([]);
    expect(walk.store.tiles.countByState()).toMatchObject({ segmented: 3, failed: 0 });

    const healed = createPipeline({ ...walk.parts, shadow: shadowOf(() => {}).shadow });
    healed.resume();
    healed.tick();
    await until('the last to be segmented', () => counts(walk).segmented === 1);
    await healed.stop();
  });

  it('whose files are gone are given up, and the others go on', async () => {
    const place = premises();
    const { shadow } = shadowOf(() => {});
    const walk = await walkOn(place, { shadow: { ...shadow, segmenter: realReader() } });
    const paths = writeSmallGrid(place.exportFolder, 1, 2);
    await walk.take(...paths);
    rmSync(paths[1]!);
    const ticks = setInterval(() => walk.pipeline.tick(), 50);
    await until('both to be over', () => counts(walk).waiting === 0);
    clearInterval(ticks);
    expect(counts(walk)).toEqual({ waiting: 0, segmented: 1, failed: 1 });
  });

  it('wait no longer where the shadow is switched off', async () => {
    const place = premises();
    const { shadow } = shadowOf(() => new Promise(() => {}));
    const walk = await walkOn(place, { shadow });
    await walk.take(...writeSmallGrid(place.exportFolder, 1, 2));
    expect(counts(walk).waiting).toBe(2);
    const without = createPipeline({ ...walk.parts, shadow: null });
    without.resume();
    expect(counts(walk).waiting).toBe(0);
    await without.stop();
  });
});

/** Reads the file as a segmenter does, and finds nothing in it. */
function realReader() {
  const { shadow } = shadowOf(async ({ path, contentHash, within }) => {
    const { readWhole } = await import('../../src/watcher/image/pixels.ts');
    expect(
      createHash('sha256')
        .update(await readWhole(path, within))
        .digest('hex'),
    ).toBe(contentHash);
  });
  return shadow.segmenter;
}
