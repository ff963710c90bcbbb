import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../errors.ts';
import type { ThreadReply } from '../thread-pool.ts';
import type { SampleTask } from './make-sample.ts';
import { writeSample } from './sample-writing.ts';

/** A thread that makes and writes samples into the folder it was started with. */
const folder: unknown = workerData;
if (typeof folder !== 'string')
  throw new TypeError(`workerData is ${typeof folder}, expected a folder's path`);

parentPort?.on('message', async (task: SampleTask) => {
  let reply: ThreadReply<number>;
  try {
    reply = { ok: true, answer: await writeSample(folder, task) };
  } catch (error) {
    reply = { ok: false, reason: messageOf(error) };
  }
  parentPort?.postMessage(reply);
});
