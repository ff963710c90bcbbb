import { createHeap } from './heap.ts';

/** A job that waits with its rank. */
interface Ranked<T> {
  readonly job: T;
  readonly rank: number;
  readonly order: number;
}

/** Jobs that wait for a worker: the lowest rank first, within a rank in the order in which they got it. */
export interface WaitingJobs<T> {
  readonly size: number;
  /** Puts a job, or gives one that waits another rank, behind those that have it. */
  rank(job: T, rank: number): void;
  take(): T | undefined;
}

export function createWaitingJobs<T>(): WaitingJobs<T> {
  const heap = createHeap<Ranked<T>>((a, b) => a.rank < b.rank || (a.rank === b.rank && a.order < b.order));
  /** What was said of each job last; what the heap holds besides is no longer so. */
  const current = new Map<T, Ranked<T>>();
  let order = 0;
  return {
    get size() {
      return current.size;
    },
    rank(job, rank) {
      if (current.get(job)?.rank === rank) return;
      const ranked = { job, rank, order: order++ };
      current.set(job, ranked);
      heap.push(ranked);
    },
    take() {
      for (let first = heap.pop(); first; first = heap.pop()) {
        if (current.get(first.job) !== first) continue;
        current.delete(first.job);
        return first.job;
      }
      return undefined;
    },
  };
}
