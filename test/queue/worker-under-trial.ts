/** The worker of `particled worker`, with the settings that only tests change: `node worker-under-trial.ts JSON`. */
import { createLogger } from '../../src/logger.ts';
import { type QueueWorkerOptions, startQueueWorker } from '../../src/queue/worker.ts';

const options: Omit<QueueWorkerOptions, 'logger'> = JSON.parse(process.argv[2] ?? '{}');
const logger = createLogger({ level: 'debug', format: 'json' });
const worker = await startQueueWorker({ ...options, logger });
process.once('SIGTERM', () => void worker.stop().then(() => process.exit(0)));
logger.info({ worker: options.name }, 'worker is up');
