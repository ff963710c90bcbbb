import { randomBytes } from 'node:crypto';
import { Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import { QUEUE_NAME, queueKeys } from '../../src/queue/connection.ts';
import { type TileJob, tileJobSchema } from '../../src/queue/contract.ts';
import { queueAt } from '../queue/parts.ts';
import { ofRedis } from '../queue/redis.ts';
import { expectRunCountedOnce } from '../support/each-tile-once.ts';
import { describeNeeding } from '../support/needs.ts';
import { queueScene } from '../support/queue-scene.ts';
import { until } from '../support/until.ts';

const particle = {
  ...{ areaUm2: 1, diameterEquivalentUm: 1.13, diameterFeretMinUm: 1, diameterFeretMaxUm: 1.4 },
  ...{ perimeterUm: 4, aspectRatio: 1, circularity: 0.8, solidity: 1, centroidStageUm: null },
  ...{ centroidPx: { x: 12, y: 12 }, boxPx: [10, 10, 4, 4], touchesBorder: false, cutsPx: [] },
  ...{ objectness: 0.9, confidence: 0.9, certain: true },
};

/** What a worker that finds nothing says; right in all but what the test changes. */
function nothing({ contentHash, softwareVersion, model }: TileJob) {
  return {
    ...{ kind: 'result', protocol: 1, contentHash, worker: 'liar', softwareVersion, hasOverlay: false },
    result: {
      ...{ particles: [] as unknown[], outlines: [] as unknown[], limitsReached: [], looks: 1 },
      quality: {
        ...{ greyMean: 90, greyStandardDeviation: 20, greyP10: 60, greyP90: 120 },
        ...{ blackShare: 0, whiteShare: 0, saturatedShare: 0 },
        ...{ edgeBlurPx: null, rowFlickerGrey: null, rowJitterPx: null },
      },
      model: { name: model.name, sha256: model.sha256, arithmetic: 'as-shipped' },
      durationsMs: { read: 1, network: 1, combine: 1, measure: 1 },
    },
  };
}

type Answer = ReturnType<typeof nothing>;
const HUGE_BYTES = 64 * 1024 * 1024 + 1;

/** What is wrong with an answer, and how the daemon says so. */
const rubbish: readonly (readonly [said: RegExp, text: (right: Answer) => string])[] = [
  [/its answer is none/, () => 'no JSON'],
  [/its answer is none: result.looks/, (right) => withResult(right, { looks: 'many' })],
  [/has 1 outlines for 0 particles/, (right) => withResult(right, { outlines: [[]] })],
  // 320 x 64 px: a box of 4 px that begins at 317 ends at 321.
  [
    /has particle 0 outside the tile of 320 x 64 px/,
    (right) => withResult(right, { particles: [{ ...particle, boxPx: [317, 10, 4, 4] }], outlines: [[]] }),
  ],
  [/is about the content 00000000/, (right) => JSON.stringify({ ...right, contentHash: '0'.repeat(64) })],
  [
    /is of the model low \(00000000\)/,
    (right) => withResult(right, { model: { ...right.result.model, sha256: '0'.repeat(64) } }),
  ],
  // JSON has no NaN; a number beyond all bounds is read as infinite.
  [/its answer is none: result.quality.greyMean/, (right) => JSON.stringify(right).replace(':90', ':1e999')],
  [/its answer has 67108865 bytes \(at most 67108864\)/, () => 'x'.repeat(HUGE_BYTES)],
];

describeNeeding(ofRedis)('a worker that answers rubbish', () => {
  it('is not believed, and each of its tiles goes to another one and is counted once', async () => {
    const scene = await queueScene(rubbish.length);
    const daemon = await scene.daemon();
    const liar = await fakeWorker(scene.server.url, (right, tile) => rubbish[tile]![1](right));
    scene.show();
    const reasons = () => daemon.log().flatMap(({ reason }) => (typeof reason === 'string' ? [reason] : []));
    for (const [said] of rubbish)
      await until(`${said}`, () => reasons().some((reason) => said.test(reason)), {
        describe: daemon.stderr,
      });
    expect(scene.listener.tiles()).toEqual([]);
    await until('the health to tell it', () =>
      scene.listener
        .statuses()
        .at(-1)
        ?.diagnoses.some(({ code }) => code === 'workers-refuse'),
    );
    await liar.close();
    await scene.worker('honest');
    await expectRunCountedOnce(scene.place, scene.listener, rubbish.length);
    expect(daemon.log().map(({ msg }) => msg)).not.toContain('tile failed, tried again');
    const client = new Redis(scene.server.url);
    onTestFinished(() => client.disconnect());
    // What came too late expires by itself; what is too large to be read is not kept so long.
    const sizes = await Promise.all(
      (await client.keys('*:answer:*')).map((key) => client.hstrlen(key, 'answer')),
    );
    expect(sizes.filter((bytes) => bytes >= HUGE_BYTES)).toEqual([]);
  });

  it('or says that it has answered and has not, or fails, is asked no faster than others can take the tile', async () => {
    const scene = await queueScene(2);
    await scene.daemon();
    let asked = 0;
    const liar = await fakeWorker(scene.server.url, (_, tile) => {
      asked += 1;
      if (tile === 0) return null;
      throw new Error('no such thing');
    });
    scene.show();
    await until('both to be asked for twice', () => asked >= 4);
    // Pauses of 0.25, 0.5, 1, 2, 4 s: in 8 s each is asked for six times; without a pause, hundreds of times.
    const before = asked;
    await new Promise((resolve) => setTimeout(resolve, 8000));
    expect(asked - before).toBeLessThanOrEqual(14);
    await liar.close();
    await scene.worker('honest');
    await expectRunCountedOnce(scene.place, scene.listener, 2);
  });

  it('that has the right form for a tile without particles is believed, so that the others fail for their fault', async () => {
    const scene = await queueScene(1);
    await scene.daemon();
    await fakeWorker(scene.server.url, (right) => JSON.stringify(right));
    scene.show();
    expect(await scene.listener.finalSummary()).toMatchObject({
      statistics: { tiles: 1, all: { count: 0 } },
    });
  });
});

function withResult(right: Answer, changes: object): string {
  return JSON.stringify({ ...right, result: { ...right.result, ...changes } });
}

/**
 * A worker of BullMQ that segments nothing.
 * @param answer what it says, by the order in which it saw the tile first; null: it leaves no answer
 */
async function fakeWorker(
  url: string,
  answer: (right: Answer, tile: number) => string | null,
): Promise<Worker> {
  const { prefix } = queueAt(url);
  const client = new Redis(url, { maxRetriesPerRequest: null });
  const keys = queueKeys(prefix);
  const seen: string[] = [];
  const worker = new Worker(
    QUEUE_NAME,
    async ({ id = '', data }) => {
      const job = tileJobSchema.parse(data);
      if (!seen.includes(job.contentHash)) seen.push(job.contentHash);
      const nonce = randomBytes(16).toString('hex');
      const said = answer(nothing(job), seen.indexOf(job.contentHash));
      if (said !== null) await client.hset(keys.answer(id, nonce), 'answer', said);
      return { nonce };
    },
    { connection: client, prefix, name: 'liar', concurrency: 8 },
  );
  worker.on('error', () => {});
  onTestFinished(async () => {
    await worker.close(true);
    client.disconnect();
  });
  await worker.waitUntilReady();
  return worker;
}
