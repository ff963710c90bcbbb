import type { Redis } from 'ioredis';
import type { SegmenterQueue } from '../config/queue.ts';
import { messageOf } from '../errors.ts';
import type { Model } from '../inference/model/model-folder.ts';
import type { Polarity } from '../inference/network-input.ts';
import type { Logger } from '../logger.ts';
import type { Segmenter } from '../segmenter/port.ts';
import { createFallback, type Fallback } from './fallback.ts';
import { openQueueLink } from './link.ts';
import { leaveModel } from './model-cache.ts';
import { hashOfFiles, readModelFiles } from './model-files.ts';
import { createRemoteSegmenter } from './remote-segmenter.ts';
import type { Asker } from './tile-job.ts';
import { fittingWorkers } from './workers.ts';

export interface QueuedOptions {
  readonly queue: SegmenterQueue;
  /** Id of the store. */
  readonly daemon: string;
  readonly polarity: Polarity;
  readonly models: readonly Model[];
  /** Takes over while the queue is away; whoever made it closes it. */
  readonly local: Pick<Segmenter, 'segment'>;
  /** Behind all tiles of running microscopes. */
  readonly archive?: boolean;
  readonly logger: Logger;
}

/** Segments in workers elsewhere, and on this computer while they cannot be had. */
export async function startQueuedSegmenter(options: QueuedOptions): Promise<Fallback> {
  const { queue, models, logger, archive = false } = options;
  const asker = await askerOf(options);
  const link = openQueueLink(queue, 'segmenter.queue', asker.daemon, logger);
  link.onReady(() => void warnOfEviction(link.redis, logger));
  const sendModel = async (name: string): Promise<void> => {
    const model = models.find(({ manifest }) => manifest.name === name);
    const known = asker.models.get(name);
    if (!model || !known) throw new Error(`no model named ${name}`);
    const files = await readModelFiles(model);
    if ((await hashOfFiles(files)) !== known.filesSha256)
      throw new Error(
        `the model ${name} in ${model.folder} has other files than at the start; restart particled`,
      );
    await leaveModel(link.redis, link.keys.model(known.filesSha256), files);
    logger.info({ model: name }, 'model sent to workers');
  };
  const remote = createRemoteSegmenter({ link, asker, sendModel, archive, logger });
  return createFallback({
    ...{ link, remote, local: options.local, logger },
    url: queue.url,
    localAfterMs: queue.localAfterS * 1000,
    workers: () => fittingWorkers(link.redis, link.keys),
  });
}

async function askerOf({ queue, daemon, polarity, models }: QueuedOptions): Promise<Asker> {
  const known = await Promise.all(
    models.map(async (model) => {
      const { name, sha256 } = model.manifest;
      return [name, { name, sha256, filesSha256: await hashOfFiles(await readModelFiles(model)) }] as const;
    }),
  );
  return { daemon, polarity, models: new Map(known), sharedFolder: queue.sharedFolder };
}

/** A server that throws away what it has no room for loses jobs, which are then put again: slow, not wrong. */
async function warnOfEviction(redis: Redis, logger: Logger): Promise<void> {
  try {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await redis.info('memory'))?.[1];
    if (policy === undefined || policy === 'noeviction') return;
    logger.warn(
      { policy },
      'the queue throws keys away when its memory is full; set maxmemory-policy noeviction there',
    );
  } catch (error) {
    logger.debug({ err: messageOf(error) }, 'the queue does not tell its maxmemory-policy');
  }
}
