import { ConfigError, messageOf } from '../errors.ts';
import { readReferred } from './load.ts';
import type { QueueConnection } from './queue.ts';
import type { Config } from './schema.ts';
import { readPasswordHash, readSecret, readToken } from './secret.ts';
import { readCertificate, readTlsFiles } from './tls-files.ts';

type Referring = Pick<Config, 'mqtt' | 'mail' | 'dashboard' | 'segmenter'>;

/**
 * Reads each file that the settings in force name: passwords and certificates.
 * @throws ConfigError listing every one that cannot be used
 */
export function requireReferredFiles(config: Referring): void {
  const faults = referredFileFaults(config);
  if (faults.length > 0) throw new ConfigError('files that the configuration names', faults);
}

/**
 * The same for what a worker reads.
 * @throws ConfigError listing every one that cannot be used
 */
export function requireWorkerFiles({ worker }: Pick<Config, 'worker'>): void {
  const { faults, look } = looking();
  lookAtQueue(worker.queue, 'worker.queue', look);
  if (faults.length > 0) throw new ConfigError('files that the configuration names', faults);
}

type Look = (file: string | null, key: string, read: (file: string, key: string) => unknown) => void;

function looking(): { readonly faults: string[]; readonly look: Look } {
  const faults: string[] = [];
  const look: Look = (file, key, read) => {
    if (file === null) return;
    try {
      read(file, key);
    } catch (error) {
      faults.push(...(error instanceof ConfigError ? error.faults : [messageOf(error)]));
    }
  };
  return { faults, look };
}

function lookAtQueue(queue: QueueConnection | null, key: string, look: Look): void {
  if (queue === null) return;
  look(queue.passwordFile, `${key}.passwordFile`, readSecret);
  look(queue.caFile, `${key}.caFile`, readCertificate);
  look(queue.certFile, `${key}.certFile`, readCertificate);
  look(queue.keyFile, `${key}.keyFile`, readReferred);
}

/** What is wrong with them, each with its key; nothing uses those of a broker or mail that is not there. */
function referredFileFaults({ mqtt, mail, dashboard, segmenter }: Referring): string[] {
  const { faults, look } = looking();
  look(mqtt.passwordFile, 'mqtt.passwordFile', readSecret);
  if (mqtt.broker === 'external') {
    look(mqtt.caFile, 'mqtt.caFile', readCertificate);
    look(mqtt.certFile, 'mqtt.certFile', readCertificate);
    look(mqtt.keyFile, 'mqtt.keyFile', readReferred);
  }
  lookAtQueue(segmenter.queue, 'segmenter.queue', look);
  if (mail.host !== null) {
    look(mail.passwordFile, 'mail.passwordFile', readSecret);
    look(mail.caFile, 'mail.caFile', readCertificate);
  }
  if (dashboard.port !== null) {
    look(dashboard.passwordFile, 'dashboard.passwordFile', readPasswordHash);
    look(dashboard.tokenFile, 'dashboard.tokenFile', readToken);
    const { certFile, keyFile } = dashboard;
    if (keyFile !== null) look(certFile, 'dashboard.certFile', (file) => readTlsFiles(file, keyFile));
  }
  return faults;
}
