import type { OutlineBox } from './export-figures.ts';

/**
 * Boxes that share more than this of their union are of one particle: a box of 10 x 10 px may shift by a pixel each
 * way (81 of 119) or lose a fifth of a side on both (64 of 100), not halve (50 of 100).
 */
const SAME_BOX_IOU = 0.6;

/** Which outlines of two results are of one particle, as places in the two lists. */
export interface OutlinesAgain {
  readonly pairs: readonly { readonly before: number; readonly now: number }[];
  readonly lost: readonly number[];
  readonly added: readonly number[];
}

/** Pairs outlines one to one, those whose boxes agree best first. */
export function outlinesAgain(before: readonly OutlineBox[], now: readonly OutlineBox[]): OutlinesAgain {
  const candidates = before.flatMap((accepted, b) =>
    now.flatMap((found, n) => {
      const iou = boxIou(accepted, found);
      return iou > SAME_BOX_IOU ? [{ before: b, now: n, iou }] : [];
    }),
  );
  candidates.sort((a, b) => b.iou - a.iou || a.before - b.before || a.now - b.now);
  const nowOf = new Map<number, number>();
  const taken = new Set<number>();
  for (const candidate of candidates) {
    if (nowOf.has(candidate.before) || taken.has(candidate.now)) continue;
    nowOf.set(candidate.before, candidate.now);
    taken.add(candidate.now);
  }
  return {
    pairs: [...nowOf].map(([b, n]) => ({ before: b, now: n })),
    lost: [...before.keys()].filter((b) => !nowOf.has(b)),
    added: [...now.keys()].filter((n) => !taken.has(n)),
  };
}

function boxIou({ boxPx: [ax, ay, aw, ah] }: OutlineBox, { boxPx: [bx, by, bw, bh] }: OutlineBox): number {
  const width = Math.min(ax + aw, bx + bw) - Math.max(ax, bx);
  const height = Math.min(ay + ah, by + bh) - Math.max(ay, by);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (aw * ah + bw * bh - both);
}
