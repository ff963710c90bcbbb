import { describe, expect, it } from 'vitest';
import { drawText, textWidthPx } from '../../../src/evaluation/contact-sheet/bitmap-font.ts';
import { CaseExtremes } from '../../../src/evaluation/contact-sheet/case-extremes.ts';
import { contactSheet } from '../../../src/evaluation/contact-sheet/contact-sheet.ts';
import {
  BOTH_RGB,
  CERTAIN_RGB,
  type Picture,
  TRUTH_RGB,
  thumbnail,
  UNCERTAIN_RGB,
} from '../../../src/evaluation/contact-sheet/thumbnail.ts';
import type { LabelImage } from '../../../src/evaluation/label-image.ts';

const at = ({ widthPx, rgb }: Picture, x: number, y: number) => [
  ...rgb.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3),
];

/** A 320 x 240 image, the thumbnail's own size, with one square from (left, 100) of 40 px. */
function square(left: number): LabelImage {
  const labels = new Int32Array(320 * 240);
  for (let y = 100; y < 140; y++) labels.fill(1, y * 320 + left, y * 320 + left + 40);
  return { widthPx: 320, heightPx: 240, labels };
}
const grey = { widthPx: 320, heightPx: 240, pixels: new Uint8Array(320 * 240).fill(77) };

describe('a thumbnail', () => {
  // The predicted square lies 10 px right of the true one.
  const shifted = (certain: boolean) =>
    thumbnail(grey, square(50), square(60), [{ objectness: 1, confidence: 1, certain }]);

  it('shows true and predicted outlines apart, and where they agree', () => {
    const picture = shifted(true);
    expect(at(picture, 50, 120)).toEqual(TRUTH_RGB);
    expect(at(picture, 60, 120)).toEqual(CERTAIN_RGB);
    // Both upper edges run from column 60 to 89.
    expect(at(picture, 75, 100)).toEqual(BOTH_RGB);
    expect(at(picture, 75, 120)).toEqual([77, 77, 77]);
  });

  it('tells uncertain particles, and takes those without an opinion for certain', () => {
    expect(at(shifted(false), 60, 120)).toEqual(UNCERTAIN_RGB);
    expect(at(thumbnail(grey, square(50), square(60), null), 60, 120)).toEqual(CERTAIN_RGB);
  });

  it('fits any image into its frame, averaging its grey values', () => {
    const labels = { widthPx: 640, heightPx: 100, labels: new Int32Array(64_000) };
    const pixels = Uint8Array.from({ length: 64_000 }, (_, i) => (i % 2 === 0 ? 10 : 30));
    const picture = thumbnail({ widthPx: 640, heightPx: 100, pixels }, labels, labels, null);
    expect([picture.widthPx, picture.heightPx]).toEqual([320, 50]);
    expect(at(picture, 7, 7)).toEqual([20, 20, 20]);
  });
});

describe('text', () => {
  it('is drawn without a font, capitals for small letters, cut at its width', () => {
    const blank = (): Picture => ({ widthPx: 40, heightPx: 14, rgb: new Uint8Array(40 * 14 * 3) });
    const drawn = (text: string, widthPx?: number) => {
      const picture = blank();
      drawText(picture, text, 0, 0, [255, 255, 255], widthPx);
      return picture.rgb;
    };
    expect(drawn('a1')).toEqual(drawn('A1'));
    expect(drawn('~')).toEqual(drawn('?'));
    expect(drawn('A1', textWidthPx('A'))).toEqual(drawn('A'));
    // An I is 3 + 5 + 3 = 11 cells of 2 x 2 px.
    expect(drawn('I').filter((value) => value === 255)).toHaveLength(11 * 4 * 3);
  });
});

describe('the cases of a sheet', () => {
  const see = (extremes: CaseExtremes, ajiPlus: number) =>
    extremes.see({
      judged: { name: `image ${ajiPlus}`, score: { ajiPlus } },
      image: grey,
      truth: square(50),
      prediction: { labels: square(60), opinions: null },
    });

  it('are the six worst and the six best, each in order', () => {
    const extremes = new CaseExtremes();
    for (let i = 0; i < 20; i++) see(extremes, ((i * 7) % 20) / 20);
    expect(extremes.worst.map(({ ajiPlus }) => ajiPlus)).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25]);
    expect(extremes.best.map(({ ajiPlus }) => ajiPlus)).toEqual([0.95, 0.9, 0.85, 0.8, 0.75, 0.7]);
  });

  it('stand in rows, with room for each', () => {
    const extremes = new CaseExtremes();
    for (const ajiPlus of [0.1, 0.2, 0.3, 0.4]) see(extremes, ajiPlus);
    const sheet = contactSheet([{ title: 'general', worst: extremes.worst, best: extremes.best }]);
    // Four thumbnails of 320 px with gaps of 12 between and around.
    expect(sheet.widthPx).toBe(4 * 320 + 5 * 12);
    expect(sheet.rgb).toHaveLength(sheet.widthPx * sheet.heightPx * 3);
    // The last case of the first row: legend and title are 12 + 24 + 24 px high.
    expect(at(sheet, 12 + 3 * 332 + 50, 60 + 120)).toEqual(TRUTH_RGB);
  });
});
