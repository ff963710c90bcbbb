import { setTimeout as delay } from 'node:timers/promises';

const LINES_TOLD = 30;

type Looked<T> = T | null | undefined | false;

/** Waits until `look` gives something; fails with what it waited for, and what it saw last. */
export async function until<T>(
  what: string,
  look: () => Looked<T> | Promise<Looked<T>>,
  { timeoutMs = 90_000, describe = (): string => '' } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}\n${lastLines(describe())}`);
    await delay(20);
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LINES_TOLD).join('\n');
}
