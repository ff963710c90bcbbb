import { hostname } from 'node:os';
import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { ConfigError } from '../errors.ts';
import { createLogger } from '../logger.ts';
import { startQueueWorker } from '../queue/worker.ts';
import { poolShape } from '../segmenter/pool.ts';
import { softwareVersion } from '../version.ts';
import { wholeNumber } from './option-values.ts';

/** What the command line says over the section `worker`. */
interface WorkerFlags {
  readonly config?: string;
  readonly queue?: string;
  readonly name?: string;
  readonly processes?: number;
  readonly threads?: number;
  readonly cache?: string;
  readonly sharedFolder?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/** `particled worker`. */
export function workerCommand(
  program: Command,
  configFlag: readonly [string, string],
  configured: (flags: { readonly config?: string }, overrides: object) => Config,
): void {
  program
    .command('worker')
    .description('segments tiles of daemons elsewhere, which come through a queue (docs/scale.md)')
    .option(...configFlag)
    .option('--queue <url>', 'address of Valkey or Redis, as rediss://queue.lab:6379')
    .option('--processes <count>', 'segmenter processes; by default from the cores', wholeNumber(1))
    .option('--threads <count>', 'threads of each of them; by default from the cores', wholeNumber(1))
    .option('--cache <folder>', 'where models and tiles are kept meanwhile; by default worker.cacheFolder')
    .option('--shared-folder <folder>', "the daemons' shared folder as this computer sees it")
    .option('--name <name>', 'what it is called where it answers; by default host name and process id')
    .option('--username <name>', 'user name at the queue')
    .option('--password-file <file>', 'file that holds the password')
    .option('--ca <file>', 'PEM file with the certificate authority')
    .option('--cert <file>', 'PEM file with an own certificate, with --key')
    .option('--key <file>', 'PEM file with its private key')
    .action((flags: WorkerFlags) => worker(configured(flags, workerSettings(flags))));
}

/** The flags as settings, those alone that were given. */
function workerSettings(flags: WorkerFlags): { worker: Record<string, unknown> } {
  const { queue: url, username, passwordFile, ca: caFile, cert: certFile, key: keyFile } = flags;
  const queue = given({ url, username, passwordFile, caFile, certFile, keyFile });
  const { name, processes, threads: threadsPerProcess, cache: cacheFolder, sharedFolder } = flags;
  return {
    worker: {
      ...given({ name, processes, threadsPerProcess, cacheFolder, sharedFolder }),
      ...(Object.keys(queue).length > 0 && { queue }),
    },
  };
}

/** Segments tiles of daemons elsewhere until it is told to end; a second signal ends it at once. */
async function worker({ worker: settings, segmenter, log }: Config): Promise<void> {
  const { queue, name, processes, threadsPerProcess, cacheFolder, sharedFolder, graceS } = settings;
  if (queue === null) {
    throw new ConfigError('particled worker', [
      'worker.queue: is not set; give --queue rediss://HOST:PORT, or a configuration with it',
    ]);
  }
  const logger = createLogger(log);
  const shape = poolShape();
  const ownName =
    name ??
    `${hostname()
      .replaceAll(/[^\w.-]/g, '-')
      .slice(0, 50)}-${process.pid}`;
  const told = endingSignal();
  const started = await startQueueWorker({
    ...{ queue, name: ownName, cacheFolder, sharedFolder, logger },
    processes: processes ?? shape.processes,
    threadsPerProcess: threadsPerProcess ?? shape.threadsPerProcess,
    ...{ timeoutMs: segmenter.timeoutS * 1000, graceMs: graceS * 1000 },
  });
  logger.info({ worker: ownName, queue: queue.url, version: softwareVersion }, 'worker is up');
  const signal = await told;
  logger.info({ signal, graceS }, 'ending');
  await started.stop();
  logger.info({ answered: started.answered() }, 'ended');
  process.exit(0);
}

function endingSignal(): Promise<string> {
  return new Promise((resolve) => {
    let isTold = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (isTold) process.exit(1);
        isTold = true;
        resolve(signal);
      });
    }
  });
}

function given(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
