import { statSync } from 'node:fs';
import type { QueueConnection } from './queue.ts';
import type { Config } from './schema.ts';
import { secretPath } from './secret.ts';

/** A file with something secret that every user of this computer can read. */
export interface ExposedSecret {
  readonly key: string;
  readonly file: string;
}

type Keeping = Pick<Config, 'mqtt' | 'mail' | 'dashboard' | 'segmenter' | 'worker'>;

export const EXPOSED = 'a file with a secret can be read by every user of this computer';

/** What closes it and leaves it readable to the user that the unit of systemd runs as. */
export function closingAdvice(files: readonly string[]): string {
  const named = files.join(' ');
  return `chgrp particled ${named} && chmod 640 ${named} (or the group of the user that runs particled)`;
}

/**
 * Which files in use are readable by others though they hold a secret: passwords, keys, and the configuration itself
 * where it holds one. A file that cannot be looked at is told where it is read.
 */
export function exposedSecrets(config: Keeping, configFile: string | null): ExposedSecret[] {
  return secretFiles(config, configFile).filter(({ file }) => isOpen(file));
}

/** The files in use that hold a secret, readable by others or not. */
export function secretFiles(
  { mqtt, mail, dashboard, segmenter, worker }: Keeping,
  configFile: string | null,
): ExposedSecret[] {
  const isExternal = mqtt.broker === 'external';
  const ofDashboard = (file: string | null): string | null =>
    dashboard.port === null || file === null ? null : secretPath(file);
  const files = [
    ['mqtt.passwordFile', mqtt.passwordFile === null ? null : secretPath(mqtt.passwordFile)],
    ['mqtt.keyFile', isExternal ? mqtt.keyFile : null],
    [
      'mail.passwordFile',
      mail.host === null || mail.passwordFile === null ? null : secretPath(mail.passwordFile),
    ],
    ['dashboard.passwordFile', ofDashboard(dashboard.passwordFile)],
    ['dashboard.tokenFile', ofDashboard(dashboard.tokenFile)],
    ['dashboard.keyFile', dashboard.port === null ? null : dashboard.keyFile],
    ...ofQueue(segmenter.queue, 'segmenter.queue'),
    ...ofQueue(worker.queue, 'worker.queue'),
    ['mqtt.url', isExternal && mqtt.url.includes('?') ? configFile : null],
    ['mqtt.username', isExternal && letsInAlone(mqtt) ? configFile : null],
  ] as const;
  return files.flatMap(([key, file]) => (file === null ? [] : [{ key, file }]));
}

function ofQueue(queue: QueueConnection | null, key: string): (readonly [string, string | null])[] {
  if (queue === null) return [];
  const { passwordFile, keyFile } = queue;
  return [
    [`${key}.passwordFile`, passwordFile === null ? null : secretPath(passwordFile)],
    [`${key}.keyFile`, keyFile],
  ];
}

/** Some brokers take a token for a user name, and ask for nothing else. */
function letsInAlone({ username, passwordFile, certFile }: Config['mqtt']): boolean {
  return username !== null && passwordFile === null && certFile === null;
}

/** Windows keeps no such rights in the mode of a file. */
function isOpen(file: string): boolean {
  if (process.platform === 'win32') return false;
  try {
    return (statSync(file).mode & 0o004) !== 0;
  } catch {
    return false;
  }
}
