import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { expect, it, onTestFinished } from 'vitest';
import { QUEUE_NAME } from '../../src/queue/connection.ts';
import { answerSchema, returnSchema } from '../../src/queue/contract.ts';
import { recorder } from '../publish/sending.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { until } from '../support/until.ts';
import { answerOf, jobExample, particle, resultOf } from './examples.ts';
import { answering, client, handmadeWorker, KEYS } from './handmade-worker.ts';
import { BUSY_MS, daemonEnd, localPool, stripTasks, worker } from './parts.ts';
import { ofRedis, redis } from './redis.ts';

/** Puts a job as no daemon of ours would, and gives what the worker says. */
async function answerTo(url: string, data: object, id: string) {
  const side = client(url);
  const queue = new Queue(QUEUE_NAME, { connection: side, prefix: 'particled' });
  onTestFinished(() => queue.close());
  await queue.add('tile', data, { jobId: id });
  const ended = await until('the answer', async () => {
    const job = await queue.getJob(id);
    return job?.finishedOn ? job : null;
  });
  const { nonce } = returnSchema.parse(ended.returnvalue);
  return answerSchema.parse(JSON.parse((await side.hget(KEYS.answer(id, nonce), 'answer')) ?? 'null'));
}

/** The server tells which keys are set. */
const TELLING = ['--notify-keyspace-events', 'K$'];

/** The keys of tiles whose bytes are sent from now on. */
async function imagesSent(url: string): Promise<readonly string[]> {
  const listener = client(url);
  const sent: string[] = [];
  listener.on('pmessage', (_pattern: string, key: string, event: string) => {
    if (event === 'set') sent.push(key);
  });
  await listener.psubscribe(`__keyspace@0__:${KEYS.image('*')}`);
  return sent;
}

describeNeeding(ofRedis)('a worker', () => {
  it(
    'refuses a job of another version, of another form, and without its bytes',
    async () => {
      const [place, server] = [premises(), await redis()];
      await worker(place, server.url);
      const older = { ...jobExample, softwareVersion: '0.0.1' };
      expect(await answerTo(server.url, older, 'older')).toMatchObject({
        ...{ kind: 'refused', refusal: 'version', worker: 'bench-1' },
        message: expect.stringMatching(/asked for by 0\.0\.1 \(protocol 1\).*install the same on both/),
      });
      const later = { protocol: 2, softwareVersion: '9.0.0', everything: 'else' };
      expect(await answerTo(server.url, later, 'later')).toMatchObject({ refusal: 'version' });
      const rubbish = { ...jobExample, image: { kind: 'shared', path: '../../etc/passwd' } };
      expect(await answerTo(server.url, rubbish, 'rubbish')).toMatchObject({
        ...{ kind: 'refused', message: expect.stringContaining('image.path') },
      });
      expect(await answerTo(server.url, jobExample, 'no-model')).toMatchObject({ refusal: 'model-wanted' });
    },
    BUSY_MS,
  );

  it(
    'opens nothing but what lies in the shared folder, reached by no link; the tile is sent instead',
    async () => {
      const [place, server] = [premises(), await redis(TELLING)];
      const tasks = await stripTasks(place, 2);
      const shared = join(place.folder, 'shared');
      mkdirSync(shared);
      // The worker sees the first tile by a link alone, and of the second another content.
      symlinkSync(tasks[0]!.path, join(shared, 'LiCoO2_r00_c00.tiff'));
      writeFileSync(join(shared, tasks[1]!.path.split('/').at(-1) ?? ''), 'another');
      await worker(place, server.url, { sharedFolder: shared });
      const sent = await imagesSent(server.url);
      const end = await daemonEnd(server.url, { queue: { sharedFolder: place.exportFolder } });
      const pool = await localPool();
      for (const task of tasks) {
        const { durationsMs: _, ...remote } = await end.segment(task);
        const { durationsMs: __, ...local } = await pool.segment(task);
        expect(remote).toEqual(local);
      }
      expect(sent).toHaveLength(2);
    },
    BUSY_MS,
  );

  it(
    'reads a tile that both see without its being sent',
    async () => {
      const [place, server] = [premises(), await redis(TELLING)];
      const [task] = await stripTasks(place, 1);
      await worker(place, server.url, { sharedFolder: place.exportFolder });
      const sent = await imagesSent(server.url);
      const end = await daemonEnd(server.url, { queue: { sharedFolder: place.exportFolder } });
      expect((await end.segment(task!)).particles.length).toBeGreaterThan(0);
      expect(sent).toEqual([]);
    },
    BUSY_MS,
  );
});

describeNeeding(ofRedis)('a daemon', () => {
  it('takes no rubbish from a worker, names it, and takes what the next one says', async () => {
    const [place, server] = [premises(), await redis()];
    const [task] = await stripTasks(place, 1);
    const logger = recorder();
    const end = await daemonEnd(server.url, { logger });
    const rubbish: ((head: object) => unknown)[] = [
      () => 'nothing',
      (head) => ({ ...answerOf(resultOf([])), ...head, contentHash: 'b'.repeat(64) }),
      // 320 x 64 px.
      (head) => ({ ...answerOf(resultOf([{ ...particle, boxPx: [0, 60, 10, 10] }])), ...head }),
    ];
    let given = 0;
    await handmadeWorker(server.url, (job) => {
      const { name, sha256 } = job.model;
      const model = { name, sha256, arithmetic: 'as-shipped' };
      const wrong = rubbish[given++];
      const right = { ...answerOf({ ...resultOf([]), model }), ...answering(job) };
      if (!wrong) return { answer: right };
      const answer = wrong(answering(job));
      const isObject = typeof answer === 'object' && answer !== null && 'result' in answer;
      return { answer: isObject ? { ...answer, result: { ...Object(answer.result), model } } : answer };
    });
    expect((await end.segment(task!)).particles).toEqual([]);
    expect(given).toBe(4);
    const said = logger.lines.map(({ facts }) => JSON.stringify(facts));
    expect(said.join('\n')).toMatch(
      /its answer is none[\s\S]*content bbbbbbbb[\s\S]*outside the tile of 320 x 64 px/,
    );
  });

  it('keeps no overlay that is no picture of the tile', async () => {
    const [place, server] = [premises(), await redis()];
    const [task] = await stripTasks(place, 1);
    const logger = recorder();
    const end = await daemonEnd(server.url, { logger });
    await handmadeWorker(server.url, (job) => {
      const { name, sha256 } = job.model;
      const result = { ...resultOf([]), model: { name, sha256, arithmetic: 'as-shipped' } };
      const answer = { ...answerOf(result), ...answering(job), hasOverlay: true };
      return { answer, overlay: Buffer.from('#!/bin/sh') };
    });
    expect((await end.segment(task!)).particles).toEqual([]);
    expect(logger.lines.at(-1)?.message).toContain('overlay not written');
  });
});
