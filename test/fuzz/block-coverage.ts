import { Session } from 'node:inspector/promises';

/** Tells which inputs reach code that none before has reached. */
export interface BlockCoverage {
  /** How many blocks ran since it was asked last that had never run before. */
  newBlocks(): Promise<number>;
  /** Blocks seen so far. */
  readonly size: number;
}

/**
 * V8's own block coverage, on which Node's and c8's reports rest: every branch that ran, in our code and in the libraries
 * that read foreign input for us.
 */
export async function startBlockCoverage(watched: RegExp): Promise<BlockCoverage> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Set<string>();
  return {
    get size() {
      return seen.size;
    },
    async newBlocks() {
      // Counters begin anew with each look, so that this is of one input.
      const { result } = await session.post('Profiler.takePreciseCoverage');
      const before = seen.size;
      for (const { url, functions } of result) {
        if (!watched.test(url)) continue;
        for (const { ranges } of functions) {
          for (const { startOffset, endOffset, count } of ranges) {
            // A loop that turns twice as often is news too (as in AFL).
            if (count > 0) seen.add(`${url}:${startOffset}-${endOffset}:${Math.ceil(Math.log2(count + 1))}`);
          }
        }
      }
      return seen.size - before;
    },
  };
}
