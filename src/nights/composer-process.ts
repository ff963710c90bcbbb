import { constants, setPriority } from 'node:os';
import { messageOf } from '../errors.ts';
import { openStoreReadOnly } from '../store/database.ts';
import type { NightReply } from './composer.ts';
import { type NightRequest, nightMail } from './read-night.ts';

/** A process that composes one night's mail and ends. */

// The daemon answers brokers and the watchdog meanwhile, and tiles come first.
// Of its main thread alone: somebody waits for it, and with all threads at the lowest it starves beside two busy cores.
setPriority(constants.priority.PRIORITY_LOW);

async function compose(request: NightRequest): Promise<NightReply> {
  try {
    const store = openStoreReadOnly(request.config.store.file);
    try {
      return { mail: await nightMail(store, request) };
    } finally {
      store.close();
    }
  } catch (error) {
    return { error: messageOf(error) };
  }
}

// Ctrl-C and systemd signal the daemon's whole group; the daemon alone decides when its processes end.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
process.once('message', (request: NightRequest) => {
  compose(request).then((reply) => process.send?.(reply, undefined, undefined, () => process.exit()));
});
