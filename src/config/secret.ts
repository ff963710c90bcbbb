import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, messageOf } from '../errors.ts';

/**
 * A secret kept in a file of its own, so that it is in no configuration, log or process list. A byte order mark
 * and one line end are cut; a name without a slash is a credential of systemd where there are any.
 * @throws ConfigError naming the key, never the content
 */
export function readSecret(file: string, key: string): string {
  const path = secretPath(file);
  let secret: string;
  try {
    secret = readFileSync(path, 'utf8')
      .replace(/^\uFEFF/, '')
      .replace(/\r?\n$/, '');
  } catch (error) {
    throw new ConfigError(path, [`${key}: cannot be read (${messageOf(error)}); check path and permissions`]);
  }
  if (secret === '') throw new ConfigError(path, [`${key}: ${path} is empty; write the password into it`]);
  return secret;
}

/** Where the secret lies that a key names. */
export function secretPath(file: string): string {
  const credentials = process.env.CREDENTIALS_DIRECTORY;
  return credentials && !/[\\/]/.test(file) ? join(credentials, file) : file;
}
