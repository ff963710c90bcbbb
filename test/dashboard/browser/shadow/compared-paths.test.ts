import { describe, expect, it } from 'vitest';
import type { TileShadow } from '../../../../src/dashboard/api/shadow.ts';
import { comparedPaths } from '../../../../src/dashboard/browser/shadow/compared-paths.ts';

type Piece = TileShadow['serving'][number];

function piece(number: number, matchedWith: number | null, outlinePx: Piece['outlinePx'] = null): Piece {
  return {
    ...{
      number,
      matchedWith,
      outlinePx,
      certain: true,
      confidence: 0.9,
      areaUm2: 1,
      diameterEquivalentUm: 1,
    },
    ...{ touchesBorder: false, boxPx: [10 * number, 0, 8, 6] },
  };
}

function tile(serving: Piece[], shadow: Piece[]): TileShadow {
  return {
    ...{ contentHash: 'a', model: { name: 'next', sha256: 'b', thresholds: {} }, servedBy: 'low' },
    ...{ matchedBy: 'outlines', widthPx: 100, heightPx: 50, serving, shadow },
  };
}

describe('the outlines of two models in one picture', () => {
  it('are told apart by what both found and what one alone did', () => {
    const triangle = [[0, 0, 20, 0, 20, 20]];
    const paths = comparedPaths(tile([piece(0, 0, triangle), piece(1, null)], [piece(0, 0, triangle)]), 1);
    expect(paths).toEqual({
      both: { serving: 'M0 0L20 0L20 20Z', shadow: 'M0 0L20 0L20 20Z' },
      // Without an outline its box is drawn.
      alone: { serving: 'M10 0h8v6h-8Z', shadow: '' },
    });
  });

  it('leave out corners that a small picture does not show', () => {
    const line = [[0, 0, 1, 0, 2, 0, 10, 0, 10, 10]];
    expect(comparedPaths(tile([piece(0, 0, line)], []), 4).both.serving).toBe('M0 0L10 0L10 10Z');
  });
});
