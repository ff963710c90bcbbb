import { setTimeout as delay } from 'node:timers/promises';

/** Waits until `look` gives something; fails with what it waited for, and what it saw last. */
export async function until<T>(
  what: string,
  look: () => T | null | undefined | false,
  { timeoutMs = 90_000, describe = (): string => '' } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = look();
    if (seen) return seen;
    if (performance.now() > deadline)
      throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}\n${describe()}`);
    await delay(20);
  }
}
