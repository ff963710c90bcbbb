import { expect, it } from 'vitest';
import type { SegmentTask, TileResult } from '../../src/segmenter/port.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { answerOf, resultOf } from './examples.ts';
import { answering, client, handmadeWorker, sign } from './handmade-worker.ts';
import { daemonEnd, stripTasks } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

/** Segments nothing, and says where a tile was. */
const onThisComputer = { segment: async () => ({ looks: 99 }) as TileResult };
const setting = { local: onThisComputer, queue: { localAfterS: 2 } };

async function handmade(url: string, name = 'handmade') {
  await sign(client(url), name);
  return handmadeWorker(url, (job) => {
    const { name: model, sha256 } = job.model;
    const result = { ...resultOf([]), model: { name: model, sha256, arithmetic: 'as-shipped' } };
    return { answer: { ...answerOf(result), ...answering(job, name) } };
  });
}

const looksOf = async (end: { segment(task: SegmentTask): Promise<TileResult> }, task: SegmentTask) =>
  (await end.segment(task)).looks;

describeNeeding(ofRedis)('while the queue is away', () => {
  it('tiles wait for it, go to this computer after the time set, and to workers again when it is back', async () => {
    const [place, server] = [premises(), await redis()];
    const tasks = await stripTasks(place, 4);
    await handmade(server.url);
    const end = await daemonEnd(server.url, setting);
    expect(await looksOf(end, tasks[0]!)).toBe(1);
    await until('no fault', () => end.faults().length === 0);

    await server.kill();
    const since = performance.now();
    expect(await looksOf(end, tasks[1]!)).toBe(99);
    expect(performance.now() - since).toBeGreaterThan(1900);
    expect(end.isLocal()).toBe(true);
    expect(end.faults()).toEqual([
      {
        code: 'queue-away',
        text: expect.stringMatching(/not connected.*segmented on this computer; check the server/),
      },
    ]);
    expect(await looksOf(end, tasks[2]!)).toBe(99);

    await server.start();
    await sign(client(server.url), 'handmade');
    await until('tiles to go to the queue', () => !end.isLocal());
    expect(await looksOf(end, tasks[3]!)).toBe(1);
    await until('no fault again', () => end.faults().length === 0);
  });

  it('a tile that a worker had is answered there still where the queue is back in time', async () => {
    const [place, server] = [premises(), await redis()];
    const [task] = await stripTasks(place, 1);
    const end = await daemonEnd(server.url, { ...setting, queue: { localAfterS: 60 } });
    const segmented = looksOf(end, task!);
    await until('the tile to wait', () => client(server.url).exists('particled:tiles:prioritized'));
    await server.kill();
    await server.start(); // it has forgotten everything
    await handmade(server.url);
    expect(await segmented).toBe(1);
  });
});

describeNeeding(ofRedis)('a queue without a worker that fits', () => {
  it('is said at once, and tiles go to this computer after the time set', async () => {
    const [place, server] = [premises(), await redis()];
    const [task] = await stripTasks(place, 1);
    const end = await daemonEnd(server.url, setting);
    await until('the fault', () => end.faults()[0]?.text.includes('it has no worker; tiles wait for it'));
    expect(await looksOf(end, task!)).toBe(99);
    await until('nothing to wait there', async () => {
      const kept = await client(server.url).keys('particled:*tile-*');
      return kept.length === 0;
    });
  });

  it('names those of another version', async () => {
    const server = await redis();
    await sign(client(server.url), 'old', '0.0.1');
    const end = await daemonEnd(server.url, setting);
    await until('the fault', () => end.faults().length === 2);
    expect(end.faults().map(({ text }) => text)).toEqual([
      expect.stringContaining('all of its workers are of another version'),
      expect.stringMatching(/old: it is particled 0\.0\.1; install the same particled there$/),
    ]);
  });
});
