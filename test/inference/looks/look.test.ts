import { expect, it } from 'vitest';
import { limitsReached, looksIn, quartersOf } from '../../../src/inference/looks/look.ts';
import { detectionsOf } from '../detections-of.ts';

const frame = { widthPx: 1920, heightPx: 1200, scaleX: 0.5, scaleY: 0.5 };
const lookAt = (limits: readonly 'proposals'[], closer: readonly ReturnType<typeof look>[] = []) =>
  look(limits, closer);
const quarterOf = (limits: readonly 'proposals'[]) => ({
  ...look(limits, []),
  frame: { ...frame, ...quartersOf(frame)[0]! },
});
function look(limits: readonly 'proposals'[], closer: readonly object[]) {
  return { found: { ...detectionsOf([]), limitsReached: limits }, frame, closer: closer as never };
}

it('cuts a tile into quarters that share a tenth of its longest side with their neighbours', () => {
  // 192 px of 1920: (1920 + 192) / 2 = 1056 columns and (1200 + 192) / 2 = 696 rows each.
  expect(quartersOf(frame).map(({ left, top, widthPx, heightPx }) => [left, top, widthPx, heightPx])).toEqual(
    [
      [0, 0, 1056, 696],
      [864, 0, 1056, 696],
      [0, 504, 1056, 696],
      [864, 504, 1056, 696],
    ],
  );
});

it('cuts a quarter again where it lies', () => {
  const [, , , last] = quartersOf({ ...frame, left: 864, top: 504, widthPx: 1056, heightPx: 696 });
  // The last quarter of a quarter ends where the tile ends.
  expect([last!.left + last!.widthPx, last!.top + last!.heightPx]).toEqual([1920, 1200]);
});

it('counts the looks, and the limits of those that nothing closer replaced', () => {
  const quarters = [quarterOf([]), quarterOf([]), quarterOf([])];
  const dense = lookAt(['proposals'], [...quarters, quarterOf([])]);
  expect([looksIn(dense), limitsReached(dense)]).toEqual([5, []]);
  const limited = [...quarters, quarterOf(['proposals'])];
  expect(limitsReached(lookAt(['proposals'], limited))).toEqual(['proposals']);
  // What it left out may lie in the quarter that was not looked at.
  expect(limitsReached(lookAt(['proposals'], quarters))).toEqual(['proposals']);
  expect(limitsReached(lookAt(['proposals']))).toEqual(['proposals']);
});

it('takes a closer look at the whole for one at all of its quarters', () => {
  const enlarged = lookAt(['proposals'], [lookAt([])]);
  expect([looksIn(enlarged), limitsReached(enlarged)]).toEqual([2, []]);
  expect(limitsReached(lookAt([], [lookAt(['proposals'])]))).toEqual(['proposals']);
});
