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

const TOKEN_LENGTH_MIN = 32;

/**
 * The hash of a password, as the PHC string format has it.
 * @throws ConfigError naming the key, never the content
 */
export function readPasswordHash(file: string, key: string): string {
  const hash = readSecret(file, key);
  if (/^\$argon2id\$v=\d+\$[^$]+\$[^$]+\$[^$]+$/.test(hash)) return hash;
  throw new ConfigError(secretPath(file), [
    `${key}: holds no hash of a password, which begins with $argon2id$; make it with: particled dashboard password --out ${file}`,
  ]);
}

/**
 * A secret that programs send: too long to be guessed.
 * @throws ConfigError naming the key, never the content
 */
export function readToken(file: string, key: string): string {
  const token = readSecret(file, key);
  if (token.length >= TOKEN_LENGTH_MIN && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new ConfigError(secretPath(file), [
    `${key}: must hold at least ${TOKEN_LENGTH_MIN} printable characters without a space; make one with: openssl rand -hex 32`,
  ]);
}
