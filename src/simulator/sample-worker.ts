import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import type { SampleTask } from './dataset.ts';
import { writeSample } from './sample-writing.ts';
import type { ThreadReply } from './thread-pool.ts';

/** A thread that makes and writes samples into the folder it was started with. */
parentPort?.on('message', async (task: SampleTask) => {
  let reply: ThreadReply<number>;
  try {
    reply = { ok: true, answer: await writeSample(workerData as string, task) };
  } catch (error) {
    reply = { ok: false, reason: messageOf(error) };
  }
  parentPort?.postMessage(reply);
});
