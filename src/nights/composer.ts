import { fork } from 'node:child_process';
import { LEAN_DRAWING } from '../dependent-process.ts';
import { moduleUrl } from '../module-url.ts';
import type { NightMail } from '../report/night/mail.ts';
import type { NightRequest } from './read-night.ts';

/** What the composing process sends before it ends. */
export type NightReply = { readonly mail: NightMail } | { readonly error: string };

const TIMEOUT_MS = 300_000;

/**
 * Composes a night's mail in a process of its own, which ends with it: drawing takes a second or more of all cores and
 * hundreds of megabytes.
 * @param signal ends it
 * @throws Error when the process fails, ends without an answer or takes too long
 */
export function composedNight(request: NightRequest, signal?: AbortSignal): Promise<NightMail> {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  return new Promise((resolve, reject) => {
    const child = fork(moduleUrl('./composer-process', import.meta.url), [], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...LEAN_DRAWING, ...process.env },
      serialization: 'advanced', // pictures stay bytes
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      killSignal: 'SIGKILL',
    });
    child.once('message', (reply: NightReply) => {
      if ('mail' in reply) resolve(reply.mail);
      else reject(new Error(reply.error));
    });
    child.once('error', (error) =>
      reject(limit.aborted ? new Error(`composing the mail took over ${TIMEOUT_MS / 1000} s`) : error),
    );
    child.once('exit', (code, end) =>
      reject(new Error(`the process that composes the mail has ended (${end ?? `exit code ${code}`})`)),
    );
    child.send(request);
  });
}
