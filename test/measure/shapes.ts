import fc from 'fast-check';
import type { Mask } from '../../src/measure/mask.ts';
import type { ParticleVerdict, TileGeometry } from '../../src/measure/measure-particle.ts';

/** A mask drawn with '#' for inside; its first pixel at column x, row y of the tile. */
export function drawn(rows: readonly string[], x = 0, y = 0): Mask {
  const width = rows[0]?.length ?? 0;
  const bits = Uint8Array.from(rows.join(''), (mark) => (mark === '#' ? 1 : 0));
  return { x, y, width, height: rows.length, bits };
}

export function picture(mask: Mask): string[] {
  const rows: string[] = [];
  for (let row = 0; row < mask.height; row++) {
    const bits = mask.bits.subarray(row * mask.width, (row + 1) * mask.width);
    rows.push(Array.from(bits, (bit) => (bit === 1 ? '#' : '.')).join(''));
  }
  return rows;
}

export function rectangle(width: number, height: number, x = 0, y = 0): Mask {
  return { x, y, width, height, bits: new Uint8Array(width * height).fill(1) };
}

/** The pixels whose centre lies in an ellipse, turned by an angle, its centre off the window's by up to 1 px. */
export function ellipse(semiMajorPx: number, semiMinorPx: number, angle = 0, off = { x: 0, y: 0 }): Mask {
  const side = 2 * Math.ceil(semiMajorPx) + 2;
  const bits = new Uint8Array(side * side);
  for (let cell = 0; cell < bits.length; cell++) {
    const dx = (cell % side) + 0.5 - side / 2 - off.x;
    const dy = Math.floor(cell / side) + 0.5 - side / 2 - off.y;
    const along = (dx * Math.cos(angle) + dy * Math.sin(angle)) / semiMajorPx;
    const across = (dy * Math.cos(angle) - dx * Math.sin(angle)) / semiMinorPx;
    if (along ** 2 + across ** 2 <= 1) bits[cell] = 1;
  }
  return { x: 0, y: 0, width: side, height: side, bits };
}

export function disc(radiusPx: number, off = { x: 0, y: 0 }): Mask {
  return ellipse(radiusPx, radiusPx, 0, off);
}

/** Left and right exchanged. */
export function mirrored(mask: Mask): Mask {
  const bits = mask.bits.map((_, cell) => {
    const column = cell % mask.width;
    return mask.bits[cell - column + (mask.width - 1 - column)] ?? 0;
  });
  return { ...mask, bits };
}

/** Any bitmap of up to 12 x 12 with at least one pixel inside. */
export const anyMask: fc.Arbitrary<Mask> = fc
  .record({ width: fc.integer({ min: 1, max: 12 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ min: 0, max: 1, minLength: width * height, maxLength: width * height })
      .filter((bits) => bits.includes(1))
      .map((bits) => ({ x: 0, y: 0, width, height, bits })),
  );

/** A tile of 200 x 100 px with its centre at the stage's origin. */
export function tileOf(pixelSizeUm = 1): TileGeometry {
  return { widthPx: 200, heightPx: 100, pixelSizeUm, centreStageUm: { x: 0, y: 0 } };
}

export const verdict: ParticleVerdict = { objectness: 0.9, confidence: 0.8, certain: true };
