import { describe, expect, it } from 'vitest';
import {
  detailAt,
  type Piece,
  pieceAt,
  piecesByPlace,
  typicalSidePx,
  withFewerCorners,
} from '../../../../../src/dashboard/browser/sample/picture/pieces.ts';
import { layoutOf } from '../../../../../src/dashboard/browser/sample/picture/places.ts';
import { tileAt } from './grid-of-tiles.ts';

const layout = layoutOf({ rows: 1, columns: 2, tiles: [tileAt(0, 0), tileAt(0, 1)] })!;

function square(number: number, left: number, top: number, side: number, hole = 0) {
  const ring = (x: number, y: number, s: number) => [x, y, x + s, y, x + s, y + s, x, y + s];
  const inset = (side - hole) / 2;
  return {
    ...{ number, certain: true, confidence: 0.9, areaUm2: side * side, diameterEquivalentUm: side },
    touchesBorder: false,
    outlinePx: [ring(left, top, side), ...(hole > 0 ? [ring(left + inset, top + inset, hole)] : [])],
    boxPx: [left, top, side, side] as [number, number, number, number],
  };
}

function inRightTile(...pieces: ReturnType<typeof square>[]) {
  return piecesByPlace([{ contentHash: '0,1', pieces }], layout)[0]!;
}

const numberAt = (x: number, y: number, reachPx: number, ...pieces: ReturnType<typeof square>[]) =>
  // The right tile begins at x = 200 of the grid.
  pieceAt(inRightTile(...pieces), { x: 200 + x, y }, reachPx)?.piece.number ?? null;

describe('hitting a piece', () => {
  it('finds the one that lies around the point', () => {
    const pieces = [square(0, 10, 10, 20), square(1, 60, 10, 20)];
    expect(numberAt(20, 20, 0, ...pieces)).toBe(0);
    expect(numberAt(70, 20, 0, ...pieces)).toBe(1);
    expect(numberAt(45, 20, 0, ...pieces)).toBeNull();
  });

  it('finds the smaller of two that lie in each other', () => {
    expect(numberAt(25, 25, 0, square(0, 0, 0, 60), square(1, 20, 20, 10))).toBe(1);
  });

  it('takes a hole for outside, where the piece is then but near', () => {
    const ring = square(0, 10, 10, 40, 20);
    const other = square(1, 25, 25, 10);
    // (30, 30) lies in the hole of the ring and in the other.
    expect(numberAt(30, 30, 0, ring, other)).toBe(1);
  });

  it('reaches the nearest within its reach, as a finger needs it', () => {
    const pieces = [square(0, 10, 10, 4), square(1, 30, 10, 4)];
    // 6 px to the right of the first, 10 px to the left of the second.
    expect(numberAt(20, 12, 8, ...pieces)).toBe(0);
    expect(numberAt(20, 12, 5, ...pieces)).toBeNull();
  });

  it('leaves out what is not shown', () => {
    const place = inRightTile(square(0, 10, 10, 20));
    expect(pieceAt(place, { x: 220, y: 20 }, 5, () => false)).toBeNull();
  });

  it('goes by the box where no outline is kept', () => {
    const bare = { ...square(0, 10, 10, 20), outlinePx: null };
    const place = piecesByPlace([{ contentHash: '0,1', pieces: [bare] }], layout)[0]!;
    expect(pieceAt(place, { x: 220, y: 20 }, 0)?.piece.number).toBe(0);
  });
});

describe('outlines with fewer corners', () => {
  /** A circle of 100 corners and radius 50: 3.14 px from one to the next. */
  const circle = Float32Array.from({ length: 200 }, (_, i) => {
    const angle = (Math.floor(i / 2) / 100) * 2 * Math.PI;
    return 100 + 50 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
  });

  it('keeps corners that are at least so far apart', () => {
    const fewer = withFewerCorners(circle, 8);
    expect(fewer.length).toBeLessThan(circle.length / 2);
    for (let i = 2; i < fewer.length; i += 2) {
      const apart = Math.hypot(fewer[i]! - fewer[i - 2]!, fewer[i + 1]! - fewer[i - 1]!);
      expect(apart).toBeGreaterThanOrEqual(8);
    }
  });

  it('keeps three corners of the smallest, so that it can be filled', () => {
    expect(withFewerCorners(circle, 1_000)).toHaveLength(6);
  });

  it('is the same outline without a step', () => {
    expect(withFewerCorners(circle, 0)).toBe(circle);
  });
});

describe('the level of detail', () => {
  it('draws dots where a typical piece is hardly larger than one', () => {
    expect(detailAt(0.03, 100)).toEqual({ kind: 'dots' }); // 3 px on the screen
    expect(detailAt(0.04, 100).kind).toBe('outlines');
  });

  it('draws all corners where a pixel of the tile is one on the screen, ever fewer farther away', () => {
    const stepAt = (scale: number) => {
      const detail = detailAt(scale, 1_000);
      return detail.kind === 'outlines' ? detail.stepPx : null;
    };
    expect([1, 0.5, 0.18, 0.06].map(stepAt)).toEqual([0, 3, 8, 24]);
  });

  it('goes by the median piece, not by one large one', () => {
    const places = [inRightTile(square(0, 0, 0, 4), square(1, 0, 0, 6), square(2, 0, 0, 90))];
    expect(typicalSidePx(places)).toBe(6);
    expect(typicalSidePx([])).toBe(0);
  });
});

it('leaves out tiles that have no place', () => {
  const pieces: Piece[] = [];
  expect(piecesByPlace([{ contentHash: 'elsewhere', pieces: pieces as never[] }], layout)).toEqual([]);
});
