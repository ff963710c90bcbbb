import { describe, expect, it } from 'vitest';
import { greyOfSixteenBits } from '../../../src/watcher/image/sixteen-bit.ts';
import { displayWindowOf } from '../../../src/watcher/metadata/display-window.ts';
import { feiXml, refusalOf } from '../fixtures.ts';

/** Every 8-bit value, as often as the others. */
const GREYS = Uint8Array.from({ length: 256 }, (_, value) => value);
const grey = (values: ArrayLike<number>, window: { black: number; white: number } | null = null) =>
  Array.from(greyOfSixteenBits(Uint16Array.from(values), window, 'tile.tiff'));

describe('16-bit values as grey', () => {
  it('use the whole range where nothing else is known', () => {
    expect(
      grey(
        GREYS.map((value) => value)
          .values()
          .map((value) => value * 257)
          .toArray(),
      ),
    ).toEqual(Array.from(GREYS));
  });

  it('use the display window where the file states one, and are clipped to it', () => {
    const window = { black: 0.5, white: 0.6 };
    const values = Array.from(GREYS, (value) => Math.round((0.5 + (0.1 * value) / 255) * 65_535));
    expect(grey(values, window)).toEqual(Array.from(GREYS));
    expect(grey([...values, 0, 65_535], window).slice(-2)).toEqual([0, 255]);
  });

  for (const bits of [10, 12, 14]) {
    it(`use the range of ${bits} bits where no value lies above it`, () => {
      const largest = 2 ** bits - 1;
      const values = Array.from(GREYS, (value) => Math.round((value * largest) / 255));
      expect(grey(values)).toEqual(Array.from(GREYS));
    });
  }

  it('are refused where they fill less than an eighth of the range, however bright', async () => {
    // 33,000 to 41,000: 8,000 of 65,535 is 12.2 %, an eighth is 12.5 %
    const narrow = Array.from({ length: 8001 }, (_, index) => 33_000 + index);
    const refusal = await refusalOf(() => grey(narrow));
    expect(refusal).toMatchObject({ code: 'low-contrast', mayRecover: false });
    expect(refusal.message).toContain('0 to 65535');
    const wide = Array.from({ length: 8401 }, (_, index) => 33_000 + index);
    expect(grey(wide)[0]).toBe(Math.round(33_000 / 257));
  });

  it('are refused by what most of them fill: a hot pixel hides nothing', async () => {
    const values = [...Array.from({ length: 4000 }, (_, index) => 33_000 + index), 65_535, 0];
    expect((await refusalOf(() => grey(values))).code).toBe('low-contrast');
  });
});

describe('the display window of a file', () => {
  const levels = (black: string, white: string) =>
    displayWindowOf(
      feiXml({
        more: `<displayBlackLevel>${black}</displayBlackLevel><displayWhiteLevel>${white}</displayWhiteLevel>`,
      }),
      'tile.tiff',
    );

  it('is what the display levels say', () => {
    expect(levels('0.508', '0.59')).toEqual({ black: 0.508, white: 0.59 });
  });

  it('is unknown where they are missing, the whole range, out of order or out of range', () => {
    for (const [black, white] of [
      ['0', '1'],
      ['0', '0'],
      ['0.6', '0.5'],
      ['-1', '1'],
      ['0', '2'],
      ['x', '1'],
    ]) {
      expect(levels(black!, white!)).toBeNull();
    }
    expect(displayWindowOf(feiXml(), 'tile.tiff')).toBeNull();
    expect(displayWindowOf(null, 'tile.tiff')).toBeNull();
    expect(displayWindowOf(' ', 'tile.tiff')).toBeNull();
  });
});
