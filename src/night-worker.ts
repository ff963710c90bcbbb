import { parentPort, workerData } from 'node:worker_threads';
import { type NightRequest, nightMail } from './night.ts';
import { openStoreReadOnly } from './store/database.ts';

/** A thread that composes one night's mail and ends, so that drawing never holds up the daemon's event loop. */
const request: NightRequest = workerData;
const store = openStoreReadOnly(request.config.store.file);
parentPort?.postMessage(await nightMail(store, request));
store.close();
