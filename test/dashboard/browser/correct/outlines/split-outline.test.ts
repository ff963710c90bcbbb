import { describe, expect, it } from 'vitest';
import { areaPx2 } from '../../../../../src/dashboard/browser/correct/outlines/outline-area.ts';
import { splitOutline } from '../../../../../src/dashboard/browser/correct/outlines/split-outline.ts';
import type { Outline } from '../../../../../src/measure/correction.ts';
import { maskOfOutline } from '../../../../../src/measure/outline-mask.ts';
import { rectangle } from './outlines.ts';

const tile = { widthPx: 200, heightPx: 200 };
const pixels = (outline: Outline) => maskOfOutline(outline).bits.reduce((sum, bit) => sum + bit, 0);

describe('splitOutline', () => {
  it('cuts a rectangle into the two parts on both sides of the line, the larger first', () => {
    // 40 x 20 px, cut 10 px from its left side: 30 x 20 and 10 x 20 stay.
    const parts = splitOutline(
      rectangle(10, 10, 40, 20),
      [
        { x: 20, y: 5 },
        { x: 20, y: 35 },
      ],
      tile,
    );
    expect(parts.map(areaPx2)).toEqual([600, 200]);
  });

  it('reaches a little further than the hand did, yet does not cut what it ends well within', () => {
    const short = (endY: number) =>
      splitOutline(
        rectangle(10, 10, 40, 20),
        [
          { x: 20, y: 12 },
          { x: 20, y: endY },
        ],
        tile,
      );
    // The side is at 30: 28 is within the 4 px that the line is longer, 20 is not.
    expect(short(28)).toHaveLength(2);
    expect(short(20)).toEqual([rectangle(10, 10, 40, 20)]);
  });

  it('follows a bent line, and loses no pixel', () => {
    const outline = rectangle(10, 10, 40, 20);
    // An L from the upper side to the right one cuts off a corner of 20 x 10 px.
    const parts = splitOutline(
      outline,
      [
        { x: 30, y: 5 },
        { x: 30, y: 20 },
        { x: 55, y: 20 },
      ],
      tile,
    );
    expect(parts.map(areaPx2)).toEqual([600, 200]);
    expect(parts.map(pixels).reduce((a, b) => a + b)).toBe(pixels(outline));
  });

  it('cuts the two legs off a horseshoe at once', () => {
    // Legs of 10 x 30 under a bar of 30 x 10; the line crosses both legs 10 px below the bar.
    const horseshoe: Outline = [[0, 0, 30, 0, 30, 40, 20, 40, 20, 10, 10, 10, 10, 40, 0, 40]];
    const parts = splitOutline(
      horseshoe,
      [
        { x: -5, y: 20 },
        { x: 35, y: 20 },
      ],
      tile,
    );
    // The bar with 10 px of both legs is 300 + 200; each leg keeps 10 x 20.
    expect(parts.map(areaPx2)).toEqual([500, 200, 200]);
  });

  it('leaves a part that the line misses with the nearer one', () => {
    const both: Outline = [...rectangle(0, 0, 40, 20), ...rectangle(45, 0, 10, 10)];
    const parts = splitOutline(
      both,
      [
        { x: 10, y: -5 },
        { x: 10, y: 25 },
      ],
      tile,
    );
    // 30 x 20 and the island of 10 x 10 beside it; 10 x 20 on the far side.
    expect(parts.map(areaPx2)).toEqual([700, 200]);
  });

  it.each([0, 17, 45, 63, 90, 118])('cuts a disc of 30 px at %i degrees into halves', (degrees) => {
    const disc: Outline = [
      Array.from({ length: 60 }, (_, i) => [
        100 + 30 * Math.cos((i * Math.PI) / 30),
        100 + 30 * Math.sin((i * Math.PI) / 30),
      ]).flat(),
    ];
    const [dx, dy] = [40 * Math.cos((degrees * Math.PI) / 180), 40 * Math.sin((degrees * Math.PI) / 180)];
    const parts = splitOutline(
      disc,
      [
        { x: 100 - dx, y: 100 - dy },
        { x: 100 + dx, y: 100 + dy },
      ],
      tile,
    );
    expect(parts).toHaveLength(2);
    expect(parts.map(pixels).reduce((a, b) => a + b)).toBeCloseTo(pixels(disc), -2);
    // Half of pi 30^2 is 1414 px2; pixels on the cut, some 60, go to one side or the other.
    for (const part of parts) expect(Math.abs(areaPx2(part) - (Math.PI * 900) / 2)).toBeLessThan(60);
  });
});
