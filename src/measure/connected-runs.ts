import type { PaddedMask } from './padded-mask.ts';

/** Stretches of equal cells along the rows, each with the component it belongs to. */
export interface ConnectedRuns {
  /** First cell of each run and the cell after its last, in reading order. */
  readonly start: readonly number[];
  readonly end: readonly number[];
  /** A run's component: the number of the first run in it. */
  readonly component: readonly number[];
}

/**
 * Components of the cells that hold `value`, found by joining runs with those of the row above
 * (union-find over runs; a run costs as much as a pixel would).
 *
 * @param reach 0 joins across sides only (4-connectivity), 1 across corners too (8-connectivity).
 */
export function connectedRuns({ cells, stride }: PaddedMask, value: 0 | 1, reach: 0 | 1): ConnectedRuns {
  // Runs of zeros go on from one row's frame to the next row's: both are outside, so nothing is joined wrongly.
  const { start, end } = runsOf(cells, value);
  const parent = start.map((_, run) => run);
  let above = 0;
  for (let run = 0; run < start.length; run++) {
    const from = start[run]! - stride - reach;
    const to = end[run]! - stride + reach;
    while (end[above]! <= from) above++;
    for (let other = above; other < run && start[other]! < to; other++) join(parent, run, other);
  }
  return { start, end, component: parent.map((_, run) => rootOf(parent, run)) };
}

function runsOf(cells: Uint8Array, value: number): { start: number[]; end: number[] } {
  const start: number[] = [];
  const end: number[] = [];
  const other = 1 - value;
  for (let from = cells.indexOf(value); from !== -1; from = cells.indexOf(value, end.at(-1))) {
    const to = cells.indexOf(other, from);
    start.push(from);
    end.push(to === -1 ? cells.length : to);
  }
  return { start, end };
}

function join(parent: number[], run: number, other: number): void {
  const a = rootOf(parent, run);
  const b = rootOf(parent, other);
  // The earlier run becomes the root, so a component is named by its first run.
  if (a < b) parent[b] = a;
  else parent[a] = b;
}

function rootOf(parent: number[], run: number): number {
  let root = run;
  while (parent[root] !== root) {
    // Path halving keeps the chains short.
    parent[root] = parent[parent[root]!]!;
    root = parent[root]!;
  }
  return root;
}
