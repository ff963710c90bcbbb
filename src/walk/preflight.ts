import { requireReferredFiles } from '../config/referred-files.ts';
import type { Config } from '../config/schema.ts';
import { requireFreePort } from '../publish/port-probe.ts';
import { requireFolder } from '../watcher/folder-condition.ts';

/**
 * Holds the configuration against this computer before anything is made or opened: a start that must fail leaves nothing behind.
 * `isFolderThere` throws where the export folder is none. Models and what they compute are proved by `startParts`, before it makes the store.
 * @throws ConfigError or Error with what to do
 */
export async function preflight(
  { watch, mqtt, mail, dashboard, segmenter }: Config,
  isFolderThere = () => requireFolder(watch.folder),
): Promise<void> {
  requireReferredFiles({ mqtt, mail, dashboard, segmenter });
  await isFolderThere();
  if (mqtt.broker === 'embedded') await requireFreePort(mqtt);
}
