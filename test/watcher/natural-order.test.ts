import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inNaturalOrder } from '../../src/watcher/natural-order.ts';

const ordered = (paths: readonly string[]): string[] => inNaturalOrder(paths, (path) => path);

describe('natural order', () => {
  it('takes numbers by value', () => {
    expect(ordered(['x_10_y_2', 'x_2_y_10', 'x_2_y_9', 'x_1'])).toEqual([
      'x_1',
      'x_2_y_9',
      'x_2_y_10',
      'x_10_y_2',
    ]);
  });

  it('does not depend on the order it is given', () => {
    const path = fc.string({ unit: fc.constantFrom('a', 'b', '_', '0', '1', '12') });
    const shuffled = fc
      .array(path)
      .chain((paths) =>
        fc.tuple(fc.constant(paths), fc.shuffledSubarray(paths, { minLength: paths.length })),
      );
    fc.assert(
      fc.property(shuffled, ([paths, other]) => {
        expect(ordered(other)).toEqual(ordered(paths));
      }),
    );
  });
});
