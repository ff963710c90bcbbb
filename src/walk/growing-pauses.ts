/** Things that are looked at again, each after pauses that grow with every time that it was in vain. */
export interface GrowingPauses<Key> {
  /** It was in vain: another pause begins, twice as long as the last. */
  again(key: Key): void;
  /** It needs no further look. */
  forget(key: Key): void;
  /** Those whose pause has not ended. */
  paused(): Key[];
  /** Those whose pause has ended; each is given once. */
  due(): Key[];
  /** Whatever they waited for may have come: all pauses end, and begin short again. */
  wake(): void;
  has(key: Key): boolean;
}

const FIRST_MS = 1000;

/** @param nowMs the steady clock */
export function createGrowingPauses<Key>(
  longestMs: number,
  nowMs: () => number = () => performance.now(),
): GrowingPauses<Key> {
  const waits = new Map<Key, { times: number; untilMs: number; isGiven: boolean }>();
  return {
    again(key) {
      const times = (waits.get(key)?.times ?? 0) + 1;
      const pauseMs = Math.min(FIRST_MS * 2 ** (times - 1), longestMs);
      waits.set(key, { times, untilMs: nowMs() + pauseMs, isGiven: false });
    },
    forget: (key) => void waits.delete(key),
    paused: () => [...waits].flatMap(([key, { untilMs }]) => (untilMs > nowMs() ? [key] : [])),
    due() {
      const due = [...waits].filter(([, { untilMs, isGiven }]) => untilMs <= nowMs() && !isGiven);
      for (const [, wait] of due) wait.isGiven = true;
      return due.map(([key]) => key);
    },
    wake() {
      for (const [key] of waits) waits.set(key, { times: 0, untilMs: 0, isGiven: false });
    },
    has: (key) => waits.has(key),
  };
}
