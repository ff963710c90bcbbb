import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { moduleUrl } from './module-url.ts';
import type { NightRequest } from './night.ts';
import type { NightMail } from './report/night-mail.ts';

const TIMEOUT_MS = 300_000;

/**
 * Composes a night's mail in a thread of its own, which ends with it.
 * @throws Error when the thread fails, ends without an answer or takes too long
 */
export async function nightMailInThread(request: NightRequest): Promise<NightMail> {
  const worker = new Worker(moduleUrl('./night-worker', import.meta.url), { workerData: request });
  const ended = new AbortController();
  worker.once('exit', () => ended.abort(new Error('the thread that composes the mail has ended')));
  const timer = setTimeout(
    () => ended.abort(new Error(`composing the mail took over ${TIMEOUT_MS / 1000} s`)),
    TIMEOUT_MS,
  );
  try {
    const [mail]: NightMail[] = await once(worker, 'message', { signal: ended.signal });
    if (!mail) throw new Error('the thread that composes the mail sent nothing');
    return mail;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
