import { createHash, timingSafeEqual } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { readPasswordHash, readToken } from '../../config/secret.ts';
import { Refusal } from '../refusal.ts';
import type { DashboardSettings } from '../settings.ts';

/** What the page asks for before it answers. */
export interface Credentials {
  /** Whether it asks for anything. */
  readonly areRequired: boolean;
  /** Whether this is the token; takes as long whether it is or not. */
  isToken(said: string): boolean;
  /** Whether this is the password or the token. @throws Refusal 429 where too many ask at once */
  isPassword(said: string): Promise<boolean>;
}

/** argon2 takes 19 MiB and a core for some hundredths of a second: others wait, and more are sent away. */
const MOST_WAITING = 8;

/** @throws ConfigError where a file cannot be read, or holds something else */
export function readCredentials({
  passwordFile,
  tokenFile,
}: Pick<DashboardSettings['page'], 'passwordFile' | 'tokenFile'>): Credentials {
  const hash = passwordFile === null ? null : readPasswordHash(passwordFile, 'dashboard.passwordFile');
  const token = tokenFile === null ? null : digestOf(readToken(tokenFile, 'dashboard.tokenFile'));
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  const isToken = (said: string): boolean => token !== null && timingSafeEqual(digestOf(said), token);

  async function isHashed(said: string): Promise<boolean> {
    if (hash === null) return false;
    if (waiting >= MOST_WAITING) throw new Refusal(429, 'too many sign in at once; try again in a moment');
    waiting += 1;
    const judged = last.then(() => verify(hash, said));
    last = judged.catch(() => {}).finally(() => (waiting -= 1));
    return judged;
  }

  return {
    areRequired: hash !== null || token !== null,
    isToken,
    isPassword: async (said) => isToken(said) || (await isHashed(said)),
  };
}

/** Of one length, whatever was said. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
