import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../errors.ts';
import { openStoreReadOnly } from '../store/database.ts';
import { type DigestSettings, runDigest } from './digest.ts';

/** A thread that computes run digests, so that resampling never holds up the daemon's event loop. */
const { storeFile, settings }: { storeFile: string; settings: DigestSettings } = workerData;
const store = openStoreReadOnly(storeFile);

parentPort?.on('message', ({ id, runId }: { id: number; runId: number }) => {
  try {
    parentPort?.postMessage({ id, digest: runDigest(store, runId, settings) });
  } catch (error) {
    parentPort?.postMessage({ id, error: messageOf(error) });
  }
});
