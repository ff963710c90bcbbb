/** Tries to sign in that failed, by the address that they came from. */
export interface FailedTries {
  /** Counts a try as failed until it is known to have succeeded. @returns ms until the address may try again; 0: it may now */
  begin(address: string): number;
  /** The try that was begun last does not count: it succeeded, or was not looked at. */
  takeBack(address: string): void;
}

/** Addresses that are remembered; those that failed longest ago are forgotten first. */
const MOST_ADDRESSES = 10_000;

/**
 * Whoever knows the password is not counted: behind one address there may be a whole laboratory, which signs in anew after
 * each start of the daemon.
 * @param nowMs the steady clock
 */
export function createFailedTries(
  most: number,
  withinMs: number,
  nowMs = (): number => performance.now(),
): FailedTries {
  /** When each try of an address began, the oldest first. */
  const tries = new Map<string, number[]>();

  function recent(address: string): number[] {
    return (tries.get(address) ?? []).filter((at) => nowMs() - at < withinMs);
  }

  return {
    begin(address) {
      const before = recent(address);
      if (before.length >= most) return before[0]! + withinMs - nowMs();
      tries.delete(address); // it becomes the newest
      tries.set(address, [...before, nowMs()]);
      if (tries.size > MOST_ADDRESSES) tries.delete(tries.keys().next().value!);
      return 0;
    },
    takeBack(address) {
      const others = recent(address).slice(0, -1);
      if (others.length > 0) tries.set(address, others);
      else tries.delete(address);
    },
  };
}
