import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../errors.ts';
import type { ThreadReply } from '../thread-pool.ts';
import { createCamera, type Exposed, type Exposure } from './exposure.ts';
import { requireSpecimen } from './options.ts';

/** A thread that renders tiles of the specimen it was started with. */
const camera = createCamera(requireSpecimen(workerData));

parentPort?.on('message', (exposure: Exposure) => {
  let reply: ThreadReply<Exposed>;
  try {
    reply = { ok: true, answer: camera.expose(exposure) };
  } catch (error) {
    reply = { ok: false, reason: messageOf(error) };
  }
  parentPort?.postMessage(reply);
});
