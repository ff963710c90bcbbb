/** Magnifications that a model serves, [from, below); null: no upper bound. */
export interface MagnificationRange {
  readonly from: number;
  readonly below: number | null;
}

export function holds({ from, below }: MagnificationRange, magnification: number): boolean {
  return magnification >= from && magnification < (below ?? Number.POSITIVE_INFINITY);
}

export function overlap(a: MagnificationRange, b: MagnificationRange): boolean {
  return Math.max(a.from, b.from) < Math.min(upperEnd(a), upperEnd(b));
}

/** Infinity where there is no upper bound. */
export function widthOf(range: MagnificationRange): number {
  return upperEnd(range) - range.from;
}

/** What no range holds, from 0 up. */
export function gapsBetween(ranges: readonly MagnificationRange[]): MagnificationRange[] {
  const gaps: MagnificationRange[] = [];
  let reached = 0;
  for (const range of ranges.toSorted((a, b) => a.from - b.from)) {
    if (range.from > reached) gaps.push({ from: reached, below: range.from });
    reached = Math.max(reached, upperEnd(range));
  }
  if (reached < Number.POSITIVE_INFINITY) gaps.push({ from: reached, below: null });
  return gaps;
}

/** `0x to 10000x`, `from 10000x`, `every magnification`. */
export function rangeText({ from, below }: MagnificationRange): string {
  if (from === 0 && below === null) return 'every magnification';
  return below === null ? `from ${from}x` : `${from}x to ${below}x`;
}

function upperEnd({ below }: MagnificationRange): number {
  return below ?? Number.POSITIVE_INFINITY;
}
