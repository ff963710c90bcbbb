import { dirname, resolve } from 'node:path';
import { secretFiles } from '../../config/exposed-secrets.ts';
import { requireReferredFiles, requireWorkerFiles } from '../../config/referred-files.ts';
import type { Config } from '../../config/schema.ts';
import { STANDARD_FILE, WORKER_FILE } from '../../config/source.ts';
import { ConfigError } from '../../errors.ts';

type Place = readonly [key: string, path: string | null];

/** One of the two that systemd may run: the daemon and the worker; each with a unit, a user and a folder of its own. */
export interface Service {
  /** Of its unit without `.service`, and of its user. */
  readonly name: string;
  /** The command that the unit starts. */
  readonly command: string;
  /** What `particled service` is told to mean this one. */
  readonly flag: string;
  readonly configFile: string;
  /** The document that tells how it is written. */
  readonly guide: string;
  /** What the unit gives it by itself (StateDirectory=, CacheDirectory=), and what is in there. */
  readonly folder: string;
  readonly kept: string;
  /** What the service of this configuration only reads, and may be a share. */
  reads(config: Config): string | null;
  /** Folders that it writes into. */
  writes(config: Config): readonly string[];
  /** Further places that it must reach, with their keys. */
  places(config: Config): readonly Place[];
  /** @throws ConfigError where it could not run with this configuration */
  requireUsable(config: Config, file: string): void;
  /** @throws ConfigError where a file that the configuration names cannot be used */
  requireFiles(config: Config): void;
}

export const DAEMON: Service = {
  ...{ name: 'particled', command: 'run', flag: '', configFile: STANDARD_FILE, guide: 'docs/install.md' },
  ...{ folder: '/var/lib/particled', kept: 'configuration, results' },
  reads: ({ watch }) => resolve(watch.folder),
  writes: ({ store, report }) => [
    dirname(resolve(store.file)),
    ...(report.folder === null ? [] : [resolve(report.folder)]),
  ],
  places: (config) => [
    ['watch.folder', config.watch.folder],
    ['models.folder', config.models.folder],
    ['store.file', config.store.file],
    ['report.folder', config.report.folder],
    ...secretPlaces(config),
  ],
  requireUsable() {},
  requireFiles: requireReferredFiles,
};

export const WORKER: Service = {
  ...{
    name: 'particled-worker',
    command: 'worker',
    flag: ' --worker',
    configFile: WORKER_FILE,
    guide: 'docs/scale.md',
  },
  ...{ folder: '/var/cache/particled', kept: 'configuration, cache' },
  reads: ({ worker }) => (worker.sharedFolder === null ? null : resolve(worker.sharedFolder)),
  writes: ({ worker }) => [resolve(worker.cacheFolder)],
  places: (config) => [
    ['worker.cacheFolder', config.worker.cacheFolder],
    ['worker.sharedFolder', config.worker.sharedFolder],
    ['worker.queue.caFile', config.worker.queue?.caFile ?? null],
    ['worker.queue.certFile', config.worker.queue?.certFile ?? null],
    ['models.folder', config.models.folder],
    ...secretPlaces(config).filter(([key]) => key.startsWith('worker.')),
  ],
  requireUsable({ worker }, file) {
    if (worker.queue !== null) return;
    throw new ConfigError(file, ['worker.queue: is not set; give it the address of Valkey or Redis']);
  },
  requireFiles: requireWorkerFiles,
};

/** Of secrets, a name without a slash is a credential of systemd, and no path. */
function secretPlaces(config: Config): Place[] {
  return secretFiles(config, null).flatMap(({ key, file }) => (file.includes('/') ? [[key, file]] : []));
}
