import { describe, expect, it } from 'vitest';
import { stageError } from '../../src/grid/stage-error.ts';
import { fieldsOf } from './fields.ts';
import { boxAt, discAt, pictured } from './pictured-tiles.ts';

// Two tiles of 100 x 100 um that share the strip from x = 80 to x = 100.
const tiles = fieldsOf({ rows: 1, columns: 2, width: 100, height: 100, overlapX: 20, overlapY: 0 });
const common = [-12, -33, -51, -80].map((y, index) => discAt(90, y, 3 + index));

function errorOf(shapes: Parameters<typeof pictured>[1], x: number, y: number) {
  const [first, second] = pictured(tiles, shapes, (tile) => ({ x: x * tile, y: y * tile }));
  return stageError(first!, second!);
}

describe('the error of the stage between two tiles', () => {
  it('is how much further the second shows the particles that both show whole', () => {
    const error = errorOf(common, 2.5, -1.25);
    expect(error?.x).toBeCloseTo(2.5, 9);
    expect(error?.y).toBeCloseTo(-1.25, 9);
  });

  it('is not misled by particles that a border cuts or that only one tile shows', () => {
    const others = [discAt(40, -50, 4), discAt(150, -50, 5), discAt(101, -20, 4), boxAt(70, -68, 40, 6)];
    const error = errorOf([...common, ...others], -3, 2);
    expect(error?.x).toBeCloseTo(-3, 9);
    expect(error?.y).toBeCloseTo(2, 9);
  });

  it('is the median of those that agree, whatever the others say', () => {
    const [first, second] = pictured(tiles, common, (tile) => ({ x: tile, y: 0 }));
    // One outline of four differs by 4 um, two others by 0.1 um to either side.
    for (const [index, by] of [4, -0.1, 0.1].entries()) second!.centroidXUm[index]! += by;
    expect(stageError(first!, second!)?.x).toBeCloseTo(1, 9);
  });

  it('is unknown where fewer than three agree', () => {
    expect(errorOf(common.slice(0, 2), 1, 1)).toBeNull();
    expect(errorOf([], 1, 1)).toBeNull();
  });

  it('is unknown beyond a tenth of the field', () => {
    expect(errorOf(common, 9, 0)).not.toBeNull();
    expect(errorOf(common, 11, 0)).toBeNull();
  });
});
