/**
 * A worker of the real queue that segments nothing: its processes sleep for a drawn time, then give a result of so many
 * discs. bench/queue-simulation starts it; it ends with whoever did.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'bullmq';
import { z } from 'zod';
import { queueConnectionSchema } from '../src/config/queue.ts';
import { packagedModelsFolder } from '../src/inference/model/model-folder.ts';
import { connectQueue, QUEUE_NAME, queueKeys } from '../src/queue/connection.ts';
import { tellEnds } from '../src/queue/ended-notices.ts';
import { openModelCache } from '../src/queue/model-cache.ts';
import { leaveAnswer } from '../src/queue/stored-answer.ts';
import { answerTo } from '../src/queue/tile-answer.ts';
import type { SegmentTask, TileResult } from '../src/segmenter/port.ts';
import { drawnServiceMs } from './queue-simulation/drawn-service.ts';
import { resultOfDiscs } from './queue-simulation/result-of-discs.ts';

const settings = z
  .strictObject({
    ...{
      url: z.string(),
      folder: z.string(),
      name: z.string(),
      processes: z.int(),
      ahead: z.int(),
      discs: z.int(),
    },
    ...{ serviceMs: z.array(z.number()), modelSha256: z.string() },
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const folder = join(settings.folder, settings.name);
mkdirSync(folder);
const queue = queueConnectionSchema.parse(settings.url);
const redis = connectQueue(queue, 'url');
const keys = queueKeys(queue.prefix);
const models = await openModelCache({
  ...{ redis, folder: join(folder, 'models'), packagedFolder: packagedModelsFolder, keyOf: keys.model },
});

const discs = resultOfDiscs(settings.discs);
let free = settings.processes;
const waiting: (() => void)[] = [];

async function segment(task: SegmentTask): Promise<TileResult> {
  if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
  else free -= 1;
  await pause(drawnServiceMs(settings.serviceMs, task.contentHash));
  const next = waiting.shift();
  if (next) next();
  else free += 1;
  return { ...discs, model: { name: task.model, sha256: settings.modelSha256, arithmetic: 'as-shipped' } };
}

const parts = {
  ...{ name: settings.name, redis, models, segmenter: { segment } },
  ...{ tilesFolder: folder, sharedFolder: null, imageKey: keys.image },
};
const worker = new Worker(
  QUEUE_NAME,
  async ({ id = '', data }) => {
    const { answer, overlay } = await answerTo(id, data, parts);
    const nonce = crypto.randomUUID().replaceAll('-', '');
    await leaveAnswer(redis, keys.answer(id, nonce), answer, overlay);
    return { nonce };
  },
  { connection: redis, prefix: queue.prefix, concurrency: settings.processes + settings.ahead },
);
tellEnds(worker, redis, keys, console.error);
process.send?.('ready');
