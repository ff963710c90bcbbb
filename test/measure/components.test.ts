import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled, mainComponent } from '../../src/measure/components.ts';
import type { Mask } from '../../src/measure/mask.ts';
import { anyMask, drawn, picture } from './shapes.ts';

describe('the main component', () => {
  it('drops islands and trims the window', () => {
    const main = mainComponent(drawn(['#....', '...##', '..###', '#....'], 10, 20));
    expect(picture(main)).toEqual(['.##', '###']);
    expect([main.x, main.y]).toEqual([12, 21]);
  });

  it('takes pixels that meet at a corner only for two components', () => {
    expect(picture(mainComponent(drawn(['##..', '##..', '..#.'])))).toEqual(['##', '##']);
  });

  it('keeps the arms of a U together, which only its last row joins', () => {
    const u = ['#.#', '#.#', '###'];
    expect(picture(mainComponent(drawn(u)))).toEqual(u);
  });

  it('keeps the first in reading order of two equally large ones', () => {
    const main = mainComponent(drawn(['..##', '....', '##..']));
    expect([main.x, main.y]).toEqual([2, 0]);
  });

  it('keeps holes', () => {
    const ring = ['###', '#.#', '###'];
    expect(picture(mainComponent(drawn(ring)))).toEqual(ring);
  });

  it('refuses a mask without a pixel', () => {
    expect(() => mainComponent(drawn(['..']))).toThrow('no pixel inside');
  });

  it('is as large as the largest area that a flood finds', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect(area(mainComponent(mask))).toBe(Math.max(...floodSizes(mask)));
      }),
    );
  });
});

describe('filling', () => {
  it('closes a pinhole and leaves a bay open', () => {
    expect(picture(filled(drawn(['#####', '#.#.#', '###.#'])))).toEqual(['#####', '###.#', '###.#']);
  });

  it('closes several holes, each over several rows', () => {
    expect(picture(filled(drawn(['#######', '#.#...#', '#.###.#', '#######'])))).toEqual([
      '#######',
      '#######',
      '#######',
      '#######',
    ]);
  });

  it('leaves open what joins the outside at a corner', () => {
    const open = ['.###', '#.##', '####'];
    expect(picture(filled(drawn(open)))).toEqual(open);
  });

  it('closes a hole together with the island in it', () => {
    expect(picture(filled(drawn(['#####', '#...#', '#.#.#', '#...#', '#####'])))).toEqual(
      Array(5).fill('#####'),
    );
  });

  it('keeps the window and the given mask as they are', () => {
    const ring = drawn(['###', '#.#', '###'], 7, 8);
    const full = filled(ring);
    expect([full.x, full.y, full.width, full.height]).toEqual([7, 8, 3, 3]);
    expect(picture(ring)).toEqual(['###', '#.#', '###']);
  });

  it('only adds pixels, and finds nothing more the second time', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const full = filled(mask);
        for (const [cell, bit] of mask.bits.entries()) expect(full.bits[cell]).toBeGreaterThanOrEqual(bit);
        expect(filled(full).bits).toEqual(full.bits);
      }),
    );
  });
});

function area(mask: Mask): number {
  return mask.bits.reduce((sum, bit) => sum + bit, 0);
}

/** Sizes of all 4-connected components, by plain recursion. */
function floodSizes(mask: Mask): number[] {
  const left = mask.bits.slice();
  const take = (x: number, y: number): number => {
    const cell = y * mask.width + x;
    if (x < 0 || x >= mask.width || y < 0 || y >= mask.height || left[cell] === 0) return 0;
    left[cell] = 0;
    return 1 + take(x - 1, y) + take(x + 1, y) + take(x, y - 1) + take(x, y + 1);
  };
  return Array.from(left, (_, cell) => take(cell % mask.width, Math.floor(cell / mask.width)));
}
