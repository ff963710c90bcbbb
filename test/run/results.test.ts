import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { premises } from '../support/premises.ts';
import { writeSmallGrid, writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { threeParticles, walkOn } from '../support/walk.ts';

describe('the summaries of a run', () => {
  it('come at once, then at most once in an interval, and without delay when nothing is left to wait for', async () => {
    const place = premises();
    const walk = await walkOn(place, {
      settings: { mqtt: { summaryIntervalS: 3600 } },
      capacity: 1,
      async segment(task) {
        const isFirst = task.path.endsWith('r0_c0.tiff');
        if (isFirst) await until('all tiles seen', () => walk.store.tiles.countByState().seen === 6);
        else await until('the first summary', () => walk.summaries().length > 0);
        return threeParticles(task);
      },
    });
    await walk.take(...writeSmallGrid(place.exportFolder, 2, 3));
    expect(walk.summaries().map(({ final, statistics }) => [final, statistics.tiles])).toEqual([
      [false, 1],
      [true, 6],
    ]);
    // What the first one knew of the sizes stays, though it is itself forgotten. Messages have fewer digits.
    const kept = walk.store.precisions.ofRun(walk.store.runs.all()[0]!.id);
    expect(kept.map(({ revision, tiles }) => [revision, tiles])).toEqual([
      [1, 1],
      [2, 6],
    ]);
    for (const [index, { statistics }] of walk.summaries().entries()) {
      expect(kept[index]?.d50.value).toBeCloseTo(statistics.all.diameterEquivalentUm!.d50.value, 6);
    }
  });

  it('do not repeat themselves when time passes while one is being made', async () => {
    const place = premises();
    const begun = Promise.withResolvers<void>();
    const { pipeline, summaries } = await walkOn(place, {
      settings: { grid: { rows: 1, columns: 1 } },
      digester: (real) => ({
        ...real,
        async digest(runId) {
          begun.resolve();
          await delay(100);
          return real.digest(runId);
        },
      }),
    });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await begun.promise;
    pipeline.tick();
    await pipeline.idle();
    expect(summaries()).toMatchObject([{ final: true, revision: 1 }]);
  });

  it('do not repeat themselves at a new start', async () => {
    const place = premises();
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    const first = await walkOn(place);
    await first.take(...paths.slice(0, 4));
    const before = first.summaries();
    const second = await walkOn(place);
    second.pipeline.resume();
    await second.pipeline.idle();
    expect(second.summaries()).toEqual(before);
    await second.take(...paths.slice(4));
    expect(second.summaries().at(-1)).toMatchObject({ final: true, statistics: { tiles: 6 } });
  });

  it('count a run as ended again after a late tile went before it was segmented, without another revision', async () => {
    const place = premises();
    const held = Promise.withResolvers<void>();
    const { take, pipeline, store, summaries, progress } = await walkOn(place, {
      settings: { grid: { rows: 1, columns: 1 } },
      capacity: 1,
      async segment(task) {
        if (task.path.endsWith('late.tiff')) await held.promise;
        return threeParticles(task);
      },
    });
    await take(writeSmallTile(place.exportFolder));
    pipeline.arrive(writeSmallTile(place.exportFolder, { column: 1, name: 'late.tiff' }));
    await until('the run filling', () => store.runs.all()[0]?.state === 'filling');
    pipeline.arrive(writeSmallTile(place.exportFolder, { label: 'other', name: 'late.tiff' }));
    await until('the tile gone', () => store.tiles.countByState().superseded === 1);
    held.resolve();
    await pipeline.idle();
    const [, powder] = store.runs.all();
    expect(powder).toMatchObject({ sampleLabel: 'powder', state: 'complete', revision: 1 });
    const ofPowder = progress().filter(({ sample }) => sample.label === 'powder');
    expect(ofPowder.at(-1)).toMatchObject({ state: 'complete', tilesSegmented: 1 });
    expect(summaries().filter(({ sample }) => sample.label === 'powder')).toHaveLength(1);
  });
});

describe('a daemon that was killed before the summary', () => {
  it('makes it at the next start', async () => {
    const place = premises();
    const killed = Promise.withResolvers<never>();
    const first = await walkOn(place, {
      digester: (real) => ({ ...real, digest: () => killed.promise }),
      settings: { grid: { rows: 1, columns: 1 } },
    });
    onTestFinished(() => killed.reject(new Error('killed')));
    first.pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the tile segmented', () => first.store.tiles.countByState().segmented === 1);
    const second = await walkOn(place, { settings: { grid: { rows: 1, columns: 1 } } });
    second.pipeline.resume();
    await second.pipeline.idle();
    expect(second.summaries()).toMatchObject([{ final: true, revision: 1, statistics: { tiles: 1 } }]);
  });
});
