import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UnusableFileError } from '../../src/errors.ts';
import { startReporter } from '../../src/run/reporter.ts';
import { createPipeline } from '../../src/walk/pipeline.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid, writeSmallTile } from '../support/small-tile.ts';
import { until } from '../support/until.ts';
import { threeParticles, walkOn } from '../support/walk.ts';

describe('a file that cannot be used', () => {
  it('is set aside and announced once, and the rest go on', async () => {
    const place = premises();
    const { take, store, messages, summaries } = await walkOn(place);
    const [first, ...others] = writeSmallGrid(place.exportFolder, 2, 3);
    const notes = join(place.exportFolder, 'notes.tif');
    writeFileSync(notes, 'do not forget to vent');
    const gone = join(place.exportFolder, 'gone.tif');
    await take(first!, notes, gone, ...others, notes);
    expect(store.unusable.all().map(({ path, code }) => [path, code])).toEqual(
      expect.arrayContaining([
        [notes, 'not-an-image'],
        [gone, 'unreadable'],
      ]),
    );
    const said = messages().filter(({ topic }) => topic.endsWith('/set-aside'));
    expect(said.map(({ payload }) => payload)).toMatchObject([
      { file: 'notes.tif', code: 'not-an-image', mayRecover: false },
      { file: 'gone.tif', code: 'unreadable', mayRecover: true },
    ]);
    expect(summaries().at(-1)).toMatchObject({ final: true, statistics: { tiles: 6 } });
  });

  it('becomes a tile once it can be', async () => {
    const place = premises();
    const { take, store } = await walkOn(place);
    const path = join(place.exportFolder, 'tile.tiff');
    writeFileSync(path, '');
    await take(path);
    expect(store.unusable.get(path)?.code).toBe('empty');
    await take(writeSmallTile(place.exportFolder, { name: 'tile.tiff' }));
    expect(store.unusable.all()).toEqual([]);
    expect(store.tiles.countByState()).toMatchObject({ segmented: 1 });
  });

  it('is not one that the store could not be asked about: that one is looked at again', async () => {
    const place = premises();
    const { parts, store } = await walkOn(place);
    let refusals = 1;
    const get: typeof store.files.get = (path) => {
      if (--refusals >= 0) throw new Error('disk I/O error');
      return store.files.get(path);
    };
    const pipeline = createPipeline({ ...parts, store: { ...store, files: { ...store.files, get } } });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await pipeline.idle();
    expect(store.unusable.all()).toEqual([]);
    expect(store.tiles.countByState()).toMatchObject({ segmented: 1 });
  });

  it('is one that no model serves', async () => {
    const place = premises();
    const { parts, store } = await walkOn(place);
    const high = parts.models.map((model) => ({
      ...model,
      manifest: { ...model.manifest, magnification: { from: 10_000, below: null } },
    }));
    const pipeline = createPipeline({ ...parts, models: high });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await pipeline.idle();
    // 0.519 m over 80 um.
    expect(store.unusable.all()).toMatchObject([
      { code: 'no-model', reason: expect.stringMatching(/^magnification 6488x/) },
    ]);
  });
});

describe('a tile that the segmenter fails with', () => {
  it('is tried again after all others, and counted once', async () => {
    const place = premises();
    const asked: string[] = [];
    const { take, tiles, summaries, store } = await walkOn(place, {
      capacity: 1,
      segment(task) {
        asked.push(task.path);
        if (asked.length === 1) throw new Error('segmenter process died (SIGSEGV)');
        return threeParticles(task);
      },
    });
    const paths = writeSmallGrid(place.exportFolder, 2, 3);
    await take(...paths);
    expect(asked).toHaveLength(7);
    expect(asked.filter((path) => path === paths[0])).toHaveLength(2);
    expect(tiles()).toHaveLength(6);
    expect(summaries().at(-1)).toMatchObject({ final: true, failedTiles: [], statistics: { tiles: 6 } });
    expect(store.unusable.all()).toEqual([]);
  });

  it('as often as configured is given up: listed as failed, never counted as empty', async () => {
    const place = premises();
    let attempts = 0;
    const { take, tiles, summaries, messages, store } = await walkOn(place, {
      settings: { segmenter: { attempts: 3 } },
      segment(task) {
        if (!task.path.endsWith('r0_c1.tiff')) return threeParticles(task);
        attempts += 1;
        throw new Error('segmenter process died (SIGSEGV)');
      },
    });
    await take(...writeSmallGrid(place.exportFolder, 2, 3));
    expect(attempts).toBe(3);
    const failed = {
      file: 'powder_r0_c1.tiff',
      row: 0,
      column: 1,
      reason: 'segmenter process died (SIGSEGV)',
    };
    expect(summaries().at(-1)).toMatchObject({
      ...{
        final: true,
        state: 'complete',
        failedTiles: [failed],
        statistics: { tiles: 5, all: { count: 10 } },
      },
      coverage: { tilesPresent: 6, missing: [] },
    });
    const said = tiles().filter(({ outcome }) => outcome === 'failed');
    expect(said).toMatchObject([{ reason: failed.reason, counts: null, particles: null, quality: null }]);
    expect(store.unusable.all()).toMatchObject([{ code: 'segmenter-failed', reason: failed.reason }]);
    expect(messages().filter(({ topic }) => topic.endsWith('/set-aside'))).toHaveLength(1);
  });

  it('for a reason in its file is set aside with that reason', async () => {
    const place = premises();
    const { take, store } = await walkOn(place, {
      segment({ path }) {
        throw new UnusableFileError(path, 'flat', 'has the value 0 (of 255) in every pixel');
      },
    });
    await take(writeSmallTile(place.exportFolder));
    expect(store.unusable.all()).toMatchObject([
      { code: 'flat', reason: 'has the value 0 (of 255) in every pixel' },
    ]);
  });

  it('is not given up for what was lost while the daemon ends', async () => {
    const place = premises();
    const lost = Promise.withResolvers<never>();
    const { pipeline, store } = await walkOn(place, {
      settings: { segmenter: { attempts: 1 } },
      segment: () => lost.promise,
    });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the tile seen', () => store.tiles.countByState().seen === 1);
    const stopped = pipeline.stop();
    lost.reject(new Error('segmenter process died (SIGTERM)'));
    await stopped;
    expect(store.tiles.countByState()).toMatchObject({ seen: 1, failed: 0 });
    expect(store.tiles.nextWaiting(1)[0]?.attempts).toBe(0);
  });
});

describe('a result', () => {
  it('of a file that was written again meanwhile is dropped', async () => {
    const place = premises();
    const first = Promise.withResolvers<void>();
    let asked = 0;
    const { pipeline, take, tiles, store } = await walkOn(place, {
      capacity: 1,
      async segment(task) {
        if (++asked === 1) await first.promise;
        return threeParticles(task);
      },
    });
    pipeline.arrive(writeSmallTile(place.exportFolder));
    await until('the tile under way', () => asked === 1);
    pipeline.arrive(writeSmallTile(place.exportFolder, { take: 5 }));
    await until('the newer file seen', () => store.tiles.countByState().superseded === 1);
    first.resolve();
    await take();
    expect(asked).toBe(2);
    expect(tiles()).toHaveLength(1);
    expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 1, failed: 0, superseded: 1 });
  });

  it('whose summary cannot be made now gets it later', async () => {
    const place = premises();
    let refusals = 1;
    const { take, log, summaries } = await walkOn(place, {
      settings: { grid: { rows: 1, columns: 1 } },
      digester: (real) => ({
        ...real,
        digest: (runId) =>
          --refusals >= 0 ? Promise.reject(new Error('out of memory')) : real.digest(runId),
      }),
    });
    await take(writeSmallTile(place.exportFolder));
    expect(summaries()).toMatchObject([{ final: true, revision: 1 }]);
    expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('gets its files at the next start when they cannot be written now', async () => {
    const place = premises();
    writeFileSync(place.reportFolder, 'in the way');
    const settings = { grid: { rows: 1, columns: 1 } };
    const segment = () => []; // fewer charts to draw
    const first = await walkOn(place, { segment, settings, reporter: startReporter(place.storeFile) });
    await first.take(writeSmallTile(place.exportFolder));
    expect(first.log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('check report.folder') }),
    );
    rmSync(place.reportFolder);
    const second = await walkOn(place, { segment, settings, reporter: startReporter(place.storeFile) });
    second.pipeline.resume();
    const [run] = second.store.runs.all();
    await until('its files', () => existsSync(join(place.reportFolder, 'powder', run!.name, 'summary.json')));
  });
});
