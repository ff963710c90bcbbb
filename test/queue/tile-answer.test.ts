import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { answerSchema } from '../../src/queue/contract.ts';
import { answerTo } from '../../src/queue/tile-answer.ts';
import type { SegmentTask, TileResult } from '../../src/segmenter/port.ts';
import { describeNeeding } from '../support/needs.ts';
import { premises } from '../support/premises.ts';
import { jobExample, particle, resultOf } from './examples.ts';
import { client, KEYS } from './handmade-worker.ts';
import { ofRedis, redis } from './redis.ts';

const OVERLAY_MAX_BYTES = 64 * 1024 * 1024;

/** What a worker answers whose segmenter does this with the tile. */
async function answerWith(segment: (task: SegmentTask) => Promise<unknown>) {
  const [{ folder }, server] = [premises(), await redis()];
  const side = client(server.url);
  await side.set(KEYS.image('job'), 'tile');
  return answerTo('job', jobExample, {
    ...{ name: 'bench-1', redis: side, tilesFolder: folder, sharedFolder: null, imageKey: KEYS.image },
    models: { folderOf: async () => folder },
    segmenter: { segment: async (task) => (await segment(task)) as TileResult },
  });
}

describeNeeding(ofRedis)('the answer of a worker', () => {
  it('names one fault where what it found is no result, however many there are', async () => {
    const particles = Array.from({ length: 500 }, () => ({ ...particle, circularity: 2 }));
    const { answer } = await answerWith(async () => resultOf(particles));
    expect(answer).toMatchObject({
      kind: 'error',
      message: 'what was found is no result: result.particles.0.circularity: must be at most 1',
    });
  });

  it('says no more in words than the daemon reads', async () => {
    const { answer } = await answerWith(() => Promise.reject(new Error('x'.repeat(10_001))));
    expect(answerSchema.parse(answer)).toMatchObject({ kind: 'error', message: 'x'.repeat(10_000) });
  });

  it.each([
    [OVERLAY_MAX_BYTES, true],
    [OVERLAY_MAX_BYTES + 1, false],
  ])('with an overlay of %i bytes brings it: %j; the tile counts all the same', async (bytes, hasOverlay) => {
    const { answer, overlay } = await answerWith(async ({ overlayPath }) => {
      writeFileSync(overlayPath ?? '', Buffer.alloc(bytes));
      return resultOf([particle]);
    });
    expect(answer).toMatchObject({ kind: 'result', hasOverlay });
    expect(overlay?.length ?? null).toBe(hasOverlay ? bytes : null);
  });
});
