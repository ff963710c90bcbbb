import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { fontFiles, textWidthPx } from '../../../src/report/charts/inter-font.ts';

describe('the width of a text', () => {
  it('is what the renderer draws, in both weights', () => {
    for (const weight of [400, 600] as const) {
      const text = 'equivalent circular diameter, µm'.repeat(3);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="40"><text y="20" font-family="Inter"
        font-weight="${weight}" font-size="20">${text}</text></svg>`;
      const drawn = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...fontFiles] } }).getBBox();
      // Kerning and the empty sides of the outer letters are the difference: about 1 %.
      const ratio = textWidthPx(text, 20, weight) / (drawn?.width ?? 0);
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThan(1.02);
    }
  });

  it('grows with size and length', () => {
    expect(textWidthPx('HHHH', 10)).toBeCloseTo(2 * textWidthPx('HH', 10), 9);
    expect(textWidthPx('HH', 30)).toBeCloseTo(3 * textWidthPx('HH', 10), 9);
    expect(textWidthPx('', 10)).toBe(0);
  });

  it('of a character that the font lacks is that of its sign for it', () => {
    expect(textWidthPx('\u{1f600}', 10)).toBe(textWidthPx('\u{1f601}', 10));
  });
});
