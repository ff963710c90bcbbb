import { requireReferredFiles } from '../config/referred-files.ts';
import type { Config } from '../config/schema.ts';
import { requireFreePort } from '../publish/port-probe.ts';
import { requireFolder } from '../watcher/watch-folder.ts';

/**
 * Holds the configuration against this computer before anything is made or opened: a start that must fail leaves nothing behind.
 * Models and what they compute are proved by `startParts`, before it makes the store.
 * @throws ConfigError or Error with what to do
 */
export async function preflight({ watch, mqtt, mail }: Config): Promise<void> {
  requireReferredFiles({ mqtt, mail });
  await requireFolder(watch.folder);
  if (mqtt.broker === 'embedded') await requireFreePort(mqtt);
}
