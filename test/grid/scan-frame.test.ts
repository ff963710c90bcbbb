import { describe, expect, it } from 'vitest';
import { fieldOnStage, inScanFrame, outOfScanFrame, quarterTurns } from '../../src/grid/scan-frame.ts';

describe('the frame of a turned scan', () => {
  it('shows what lies to the right at the top after a quarter of a turn', () => {
    const { x, y } = inScanFrame({ x: 3, y: 1 }, Math.PI / 2);
    expect([x, y]).toEqual([expect.closeTo(-1, 12), expect.closeTo(3, 12)]);
    expect(inScanFrame({ x: 3, y: 1 }, 0)).toEqual({ x: 3, y: 1 });
  });

  it('is left the way it was entered', () => {
    const { x, y } = outOfScanFrame(inScanFrame({ x: 3, y: 1 }, 0.7), 0.7);
    expect([x, y]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
  });

  it('has the sides of a field exchanged nearest to an odd number of quarters', () => {
    const field = { width: 80, height: 50 };
    const turned = { width: 50, height: 80 };
    expect([0, 0.0145, 1.6, Math.PI, -1.5].map((rad) => fieldOnStage(field, rad))).toEqual([
      ...[field, field, turned, field, turned],
    ]);
    expect([0, 1.6, 3.1, -1.5, 2 * Math.PI].map(quarterTurns)).toEqual([0, 1, 2, 3, 0]);
  });
});
