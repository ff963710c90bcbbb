import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import type { TileResult } from '../../src/segmenter/port.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { BUSY_MS, daemonEnd, localPool, stripTasks, worker } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

/** All that a result says but how long it took. */
const figuresOf = ({ durationsMs: _, ...figures }: TileResult) => figures;

describeNeeding(ofRedis)('a tile that a worker elsewhere segments', () => {
  it(
    'has every figure and the overlay that this computer gives it, and leaves nothing in the queue',
    async () => {
      const [place, server] = [premises(), await redis()];
      await worker(place, server.url);
      const [end, pool] = [await daemonEnd(server.url), await localPool()];
      const tasks = await stripTasks(place, 3);
      const remote = await Promise.all(tasks.map((task) => end.segment(task)));
      const overlays = tasks.map(({ overlayPath }) => readFileSync(overlayPath ?? ''));
      for (const [index, task] of tasks.entries()) {
        const local = await pool.segment(task);
        expect(figuresOf(remote[index]!)).toEqual(figuresOf(local));
        expect(overlays[index]).toEqual(readFileSync(task.overlayPath ?? ''));
      }
      expect(remote.flatMap(({ particles }) => particles).length).toBeGreaterThan(3);
      const looker = new Redis(server.url);
      onTestFinished(() => looker.disconnect());
      await until('the queue to be empty', async () => (await looker.keys('particled:*tile-*')).length === 0);
    },
    BUSY_MS,
  );
});
