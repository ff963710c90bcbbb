import type { Detections } from './detections.ts';
import type { NetworkInput } from './network-input.ts';

/** Rounding beyond a bound that is no fault. */
const SLACK = 1e-3;
/** Boxes whose farthest corner is below this many pixels are shares of the image, not pixels. */
const SHARE_AT_MOST = 1.5;

/**
 * What a network's values have against what particled takes them for, in words; empty when they fit, or when
 * there are none to judge.
 */
export function detectionFaults(found: Detections, input: NetworkInput): string[] {
  if (found.count === 0) return [];
  const faults: string[] = [];
  const [nearest, farthest] = extremes(found.boxes);
  const reachPx = Math.max(input.widthPx, input.heightPx);
  if (farthest <= SHARE_AT_MOST) {
    faults.push(
      `boxes end at ${short(farthest)}: shares of the image, where pixels of the input are expected`,
    );
  } else if (!(nearest >= -reachPx && farthest <= 2 * reachPx)) {
    faults.push(
      `boxes reach from ${short(nearest)} to ${short(farthest)} on an input of ${input.widthPx} x ${input.heightPx} px`,
    );
  }
  for (const [what, values, advice] of [
    ['scores', found.scores, 'end it in the softmax or sigmoid of objectness'],
    ['confidences', found.semScores, 'end it in the softmax over the bins'],
    ['masks', found.masks, 'end it in the sigmoid of the masks'],
  ] as const) {
    const [least, most] = extremes(values);
    if (!(least >= -SLACK && most <= 1 + SLACK)) {
      faults.push(`${what} lie between ${short(least)} and ${short(most)}, expected 0 to 1; ${advice}`);
    }
  }
  return faults;
}

/** Least and greatest; not-a-number anywhere makes both so. */
function extremes(values: Float32Array): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
