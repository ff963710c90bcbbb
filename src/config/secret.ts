import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';

/**
 * A secret kept in a file of its own, so that it is in no configuration, log or process list. A byte order mark
 * and one line end are cut; a name without a slash is a credential of systemd where there are any.
 * @throws ConfigError naming the key, never the content
 */
export function readSecret(file: string, key: string, logger?: Logger): string {
  const path = secretPath(file);
  let handle: number | undefined;
  let secret: string;
  try {
    handle = openSync(path, 'r');
    if ((fstatSync(handle).mode & 0o004) !== 0) {
      logger?.warn({ key, file: path }, 'a file with a secret can be read by everybody; chmod o-r it');
    }
    secret = readFileSync(handle, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r?\n$/, '');
  } catch (error) {
    throw new ConfigError(path, [`${key}: cannot be read (${messageOf(error)}); check path and permissions`]);
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
  if (secret === '') throw new ConfigError(path, [`${key}: ${path} is empty; write the password into it`]);
  return secret;
}

function secretPath(file: string): string {
  const credentials = process.env.CREDENTIALS_DIRECTORY;
  return credentials && !/[\\/]/.test(file) ? join(credentials, file) : file;
}
