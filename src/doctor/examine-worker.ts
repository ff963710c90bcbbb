import type { Config } from '../config/schema.ts';
import { judgeCapacity, lookAtCapacity } from './checks/capacity.ts';
import { isSynchronised, judgeClock } from './checks/clock.ts';
import { checkQueue } from './checks/queue.ts';
import { checkSecrets } from './checks/secrets.ts';
import { checkWorkerCache } from './checks/worker-cache.ts';
import { ofModels } from './examine.ts';
import { type Finding, failure } from './finding.ts';

/** What `particled worker` needs of this computer and of the queue; as `examine`. */
export async function examineWorker(
  config: Config,
  configFile: string | null,
  tell: (finding: Finding) => void,
): Promise<void> {
  const { queue, processes, threadsPerProcess, cacheFolder } = config.worker;
  tell(judgeClock(new Date(), await isSynchronised()));
  tell(judgeCapacity(lookAtCapacity(), { ...config.segmenter, processes, threadsPerProcess }));
  tell(checkWorkerCache(cacheFolder));
  tell(checkSecrets(config, configFile));
  const found =
    queue === null
      ? [failure('queue', 'worker.queue is not set', 'set worker.queue to the address of Valkey or Redis')]
      : await checkQueue(queue, 'worker.queue', 'worker');
  for (const finding of found) tell(finding);
  for (const finding of await ofModels(config)) tell(finding);
}
