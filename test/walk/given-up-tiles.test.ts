import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createCommands } from '../../src/requests/commands.ts';
import { SegmenterCrashError } from '../../src/segmenter/channel.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { threeParticles, type Walk, walkOn } from '../support/walk.ts';

const settings = { grid: { rows: 1, columns: 2 } };

/** A run of two tiles, complete, of which the second took both segmenters it was given. */
async function oneGivenUp() {
  const place = premises();
  const moment = { isBad: true, asked: 0 };
  const start = (): Promise<Walk> =>
    walkOn(place, {
      settings,
      capacity: 1,
      segment(task) {
        if (!task.path.endsWith('r0_c1.tiff')) return threeParticles(task);
        moment.asked += 1;
        if (moment.isBad) throw new SegmenterCrashError(`${task.path}: segmenter process died (SIGKILL)`);
        return threeParticles(task);
      },
    });
  const walk = await start();
  const paths = writeSmallGrid(place.exportFolder, 1, 2);
  await walk.take(...paths);
  expect(walk.store.tiles.countByState()).toMatchObject({ segmented: 1, failed: 1 });
  expect(walk.store.unusable.all()).toHaveLength(1);
  expect(moment.asked).toBe(2);
  moment.asked = 0;
  return { walk, start, moment, bad: paths[1]! };
}

function expectWhole({ store, summaries }: Walk): void {
  expect(store.tiles.countByState()).toEqual({ seen: 0, segmented: 2, failed: 0, superseded: 0 });
  expect(store.unusable.all()).toEqual([]);
  expect(store.runs.all()).toMatchObject([{ state: 'complete', analysis: { underWay: false } }]);
  // A revision without the tile, and one with it; nothing between them.
  const finals = summaries().filter(({ final }) => final);
  expect(finals).toMatchObject([
    { statistics: { tiles: 1 }, failedTiles: [{ file: 'powder_r0_c1.tiff' }] },
    { statistics: { tiles: 2 }, failedTiles: [], coverage: { tilesPresent: 2 } },
  ]);
  expect(summaries().at(-1)?.final).toBe(true);
}

describe('a tile given up', () => {
  it('is tried again by reanalyse, and counts as any tile segmented later', async () => {
    const { walk, moment } = await oneGivenUp();
    moment.isBad = false;
    const { parts, pipeline } = walk;
    const commands = createCommands({ ...parts, pipeline });
    const { signal } = new AbortController();
    expect(await commands.reanalyse({ sample: 'powder' }, signal)).toMatchObject({ tiles: 2 });
    await pipeline.idle();
    expectWhole(walk);
  });

  it('stays given up in reanalyse where its file is gone, and keeps nothing else from it', async () => {
    const { walk, bad, moment } = await oneGivenUp();
    rmSync(bad);
    const commands = createCommands({ ...walk.parts, pipeline: walk.pipeline });
    const answer = await commands.reanalyse({ sample: 'powder' }, new AbortController().signal);
    await walk.pipeline.idle();
    expect(answer.tiles + answer.unchanged).toBe(1);
    expect(walk.store.tiles.countByState()).toMatchObject({ segmented: 1, failed: 1 });
    expect(moment.asked).toBe(0);
  });

  it('is looked at once more at the next start', async () => {
    const { start, moment } = await oneGivenUp();
    moment.isBad = false;
    const next = await start();
    next.pipeline.resume();
    await next.pipeline.idle();
    expectWhole(next);
  });

  it('that is as bad then is told so again, once, and costs later starts nothing', async () => {
    const { start, moment } = await oneGivenUp();
    for (let starts = 0; starts < 3; starts++) {
      const next = await start();
      next.pipeline.resume();
      await next.pipeline.idle();
      expect(next.store.tiles.countByState()).toMatchObject({ segmented: 1, failed: 1 });
      expect(next.store.unusable.all()).toHaveLength(1);
      expect(next.store.runs.all()).toMatchObject([{ state: 'complete' }]);
    }
    expect(moment.asked).toBe(1);
  });

  it('waits for a start at which its file is there', async () => {
    const { walk, start, moment, bad } = await oneGivenUp();
    rmSync(bad);
    const without = await start();
    without.pipeline.resume();
    await without.pipeline.idle();
    expect(moment.asked).toBe(0);
    moment.isBad = false;
    writeSmallGrid(walk.parts.config.watch.folder, 1, 2);
    const next = await start();
    next.pipeline.resume();
    await next.pipeline.idle();
    expect(next.store.tiles.countByState()).toMatchObject({ segmented: 2, failed: 0 });
  });
});
