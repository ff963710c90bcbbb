import { describe, expect, it } from 'vitest';
import * as pens from '../../../../../src/dashboard/browser/correct/outlines/pen.ts';
import { rectangle } from './outlines.ts';

const tile = { widthPx: 100, heightPx: 50 };

describe('a pen', () => {
  it('sets corners where its cross is, and takes the last one back', () => {
    const start = { corners: [], at: { x: 10, y: 10 } };
    const one = pens.moved(pens.cornerSet(start), 5, 0, tile);
    const two = pens.cornerSet(one);
    expect(two.corners).toEqual([
      { x: 10, y: 10 },
      { x: 15, y: 10 },
    ]);
    expect(pens.cornerSet(two)).toEqual(two);
    expect(pens.cornerTaken(two)).toEqual({ corners: [{ x: 10, y: 10 }], at: { x: 15, y: 10 } });
  });

  it('stays within the tile', () => {
    const pen = pens.moved({ corners: [], at: { x: 98, y: 1 } }, 5, -5, tile);
    expect(pen.at).toEqual({ x: 100, y: 0 });
    expect(pens.trimmedTo([[-3, 10.26, 120, 10, 50, 70]], tile)).toEqual([[0, 10.3, 100, 10, 50, 50]]);
  });
});

describe('an outline whose corners are moved by keys', () => {
  // Corners 0 to 3 of the first part, 4 to 7 of the second.
  const outlinePx = [...rectangle(10, 10, 10, 10), ...rectangle(40, 10, 10, 10)];

  it('holds one corner after the other, over all parts and round again', () => {
    const held = pens.nextHeld({ outlinePx, corner: 3 }, 1);
    expect(pens.heldCorner(held)).toEqual({ x: 40, y: 10 });
    expect(pens.nextHeld({ outlinePx, corner: 0 }, -1).corner).toBe(7);
    expect(pens.nextHeld({ outlinePx, corner: 7 }, 1).corner).toBe(0);
  });

  it('moves the held corner alone', () => {
    const moved = pens.heldMoved({ outlinePx, corner: 5 }, 2, 3, tile);
    expect(moved.outlinePx).toEqual([rectangle(10, 10, 10, 10)[0], [40, 10, 52, 13, 50, 20, 40, 20]]);
  });

  it('puts a corner halfway to the next, after the last one to the first', () => {
    const added = pens.cornerAdded({ outlinePx, corner: 3 });
    // From 10, 20 up to 10, 10.
    expect(added.outlinePx[0]).toEqual([10, 10, 20, 10, 20, 20, 10, 20, 10, 15]);
    expect(pens.heldCorner(added)).toEqual({ x: 10, y: 15 });
  });

  it('keeps three corners of each part', () => {
    const three = pens.cornerRemoved({ outlinePx, corner: 7 });
    expect(pens.cornerCount(three.outlinePx)).toBe(7);
    expect(three.corner).toBe(6);
    expect(pens.cornerRemoved(three)).toEqual(three);
  });
});
