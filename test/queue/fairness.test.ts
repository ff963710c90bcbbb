import { expect, it } from 'vitest';
import type { TileJob } from '../../src/queue/contract.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { answering, client, handmadeWorker } from './handmade-worker.ts';
import { daemonEnd, stripTasks } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

const daemon = (letter: string) => letter.repeat(32);

/** Answers nobody can use, as quickly as possible, in the order of the jobs. */
const failing = (job: TileJob) => ({ answer: { ...answering(job), kind: 'error', message: 'not today' } });

describeNeeding(ofRedis)('tiles of several microscopes in one queue', () => {
  it('are taken in turn, however many one of them has, and archive work after all of them', async () => {
    const [place, server] = [premises(), await redis()];
    const tasks = await stripTasks(place, 4);
    const archive = await daemonEnd(server.url, { daemon: daemon('a'), archive: true });
    const [burst, calm] = [
      await daemonEnd(server.url, { daemon: daemon('b') }),
      await daemonEnd(server.url, { daemon: daemon('c') }),
    ];
    const ends = [...tasks.map((task) => archive.segment(task)), ...tasks.map((task) => burst.segment(task))];
    const waiting = () => client(server.url).zcard('particled:tiles:prioritized');
    await until('eight tiles to wait', async () => (await waiting()) === 8);
    ends.push(...tasks.slice(0, 2).map((task) => calm.segment(task)));
    await until('ten tiles to wait', async () => (await waiting()) === 10);
    const order: string[] = [];
    await handmadeWorker(server.url, (job) => {
      order.push(job.daemon.slice(0, 1));
      return failing(job);
    });
    const settled = await Promise.allSettled(ends);
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    // The burst's first tile was there first; the other's two go before the burst's third.
    expect(order.slice(0, 6).join('')).toMatch(/^(bcbc|bccb|cbbc)bb$/);
    expect(order.slice(6).join('')).toBe('aaaa');
  });
});
