import { describe, expect, it } from 'vitest';
import { classicalSegments } from '../../../src/evaluation/classical/classical-segments.ts';
import type { GreyImage } from '../../../src/watcher/image/grey-image.ts';
import { drawnDiscs } from '../../commands/drawn-set.ts';

const areasOf = (image: GreyImage, polarity: 'bright' | 'dark') =>
  classicalSegments(image, polarity).map(({ mask }) => mask.bits.reduce((sum, bit) => sum + bit, 0));

describe('classicalSegments', () => {
  // Discs of radius 12 px, 22 px apart: they overlap, with a neck of half width sqrt(12^2 - 11^2) = 4.8 px.
  const twins = drawnDiscs(64, 40, [
    { x: 20, y: 20, radius: 12 },
    { x: 42, y: 20, radius: 12 },
  ]).image;

  it('parts two particles that touch', () => {
    const areas = areasOf(twins, 'bright');
    expect(areas).toHaveLength(2);
    // pi 12^2 = 452 px less half of the lens of 2 (12^2 acos(11/12) - 11 x 4.8) = 12 px.
    for (const area of areas) expect(Math.abs(area - 446)).toBeLessThan(20);
  });

  it('sees dark particles on bright ground when told so', () => {
    const inverted = { ...twins, pixels: twins.pixels.map((grey) => 255 - grey) };
    expect(areasOf(inverted, 'dark')).toEqual(areasOf(twins, 'bright'));
  });

  it('fills a hole', () => {
    const disc = drawnDiscs(40, 40, [{ x: 20, y: 20, radius: 12 }]).image;
    const pixels = disc.pixels.slice();
    for (let y = 18; y < 22; y++) pixels.fill(20, y * 40 + 18, y * 40 + 22);
    expect(areasOf({ ...disc, pixels }, 'bright')).toEqual(areasOf(disc, 'bright'));
  });

  it('finds nothing in an image of one grey', () => {
    expect(
      classicalSegments({ widthPx: 8, heightPx: 8, pixels: new Uint8Array(64).fill(9) }, 'bright'),
    ).toEqual([]);
  });
});
