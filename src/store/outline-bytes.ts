import type { Outline } from '../measure/correction.ts';
import { StoreError } from './store-error.ts';

/** The first byte; another form gets another number. */
const FORM = 1;
/** Coordinates are whole parts of a pixel. */
const PARTS_A_PIXEL = 8;
const HIGH_BIT = 0x80;

/**
 * Outlines of a tile's particles as bytes: the form, then numbers of 7 bits a byte, the lowest first, the high bit set where
 * more follow. How many particles; of each how many rings; of each how many corners, and of each corner x and y in eighths
 * of a pixel as the difference from the corner before (the first of all from 0, 0), with the sign in the lowest bit.
 */
export function toBytes(outlines: readonly Outline[]): Uint8Array {
  const bytes: number[] = [FORM];
  const put = (value: number): void => {
    let left = value;
    for (; left >= HIGH_BIT; left = Math.floor(left / HIGH_BIT)) bytes.push((left % HIGH_BIT) + HIGH_BIT);
    bytes.push(left);
  };
  const before = [0, 0];
  put(outlines.length);
  for (const rings of outlines) {
    put(rings.length);
    for (const ring of rings) {
      put(ring.length / 2);
      for (const [index, px] of ring.entries()) {
        const parts = Math.round(px * PARTS_A_PIXEL);
        const step = parts - before[index % 2]!;
        before[index % 2] = parts;
        put(step < 0 ? -2 * step - 1 : 2 * step);
      }
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * @param of whose outlines, for errors
 * @throws StoreError where the bytes are of another form, or end early
 */
export function fromBytes(bytes: Uint8Array, of: string): Outline[] {
  if (bytes[0] !== FORM)
    throw new StoreError(`${of}: have form ${bytes[0]}, this particled knows ${FORM}; upgrade`);
  let at = 1;
  const take = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= HIGH_BIT) {
      const byte = bytes[at++];
      if (byte === undefined) throw new StoreError(`${of}: end after ${bytes.length} bytes, too early`);
      value += (byte % HIGH_BIT) * scale;
      if (byte < HIGH_BIT) return value;
    }
  };
  const before = [0, 0];
  const coordinate = (_: unknown, index: number): number => {
    const coded = take();
    before[index % 2]! += coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
    return before[index % 2]! / PARTS_A_PIXEL;
  };
  const times = <T>(count: number, make: (_: unknown, index: number) => T): T[] =>
    Array.from({ length: count }, make);
  return times(take(), () => times(take(), () => times(2 * take(), coordinate)));
}
