import { describe, expect, it } from 'vitest';
import { parseFeiImage } from '../../../src/watcher/metadata/fei-image.ts';
import { type FeiParts, feiXml, refusalOf } from '../fixtures.ts';

const parsed = (parts: FeiParts, widthPx = 1000, heightPx = 600) =>
  parseFeiImage(feiXml(parts), 'tile.tiff', { widthPx, heightPx }, 0.5);
const crop = (left: number, top: number, right: number, bottom: number): FeiParts => ({
  more: `<cropHint><left>${left}</left><top>${top}</top><right>${right}</right><bottom>${bottom}</bottom></cropHint>`,
});
const bar = (rows: number): FeiParts => ({ databarHeight: `<databarHeight>${rows}</databarHeight>` });

describe('the part of an image that shows sample', () => {
  it('is all of it where the crop hint is as large, missing or four zeros', () => {
    for (const parts of [{}, crop(0, 0, 1000, 600), crop(0, 0, 0, 0)]) {
      expect(parsed(parts).databarHeightPx).toBe(0);
    }
  });

  it('ends where the crop hint ends, also where the data bar is said to have no height', () => {
    expect(parsed(crop(0, 0, 1000, 550)).databarHeightPx).toBe(50);
  });

  it('leaves out the more of what data bar and crop hint say', () => {
    expect(parsed({ ...crop(0, 0, 1000, 600), ...bar(40) }).databarHeightPx).toBe(40);
    expect(parsed({ ...crop(0, 0, 1000, 550), ...bar(40) }).databarHeightPx).toBe(50);
  });

  it('is a fifth less than the image at most', async () => {
    // 600 - 480 = 120 rows, a fifth of 600
    expect(parsed(crop(0, 0, 1000, 480)).databarHeightPx).toBe(120);
    expect((await refusalOf(() => parsed(crop(0, 0, 1000, 479)))).code).toBe('bad-metadata');
  });
});

describe('metadata that no longer fit their pixels', () => {
  const changed: [how: string, widthPx: number, heightPx: number][] = [
    ['halved', 500, 300],
    ['doubled', 2000, 1200],
    ['doubled in height alone', 1000, 1200],
    ['halved in width alone', 500, 600],
    ['cut at the right', 900, 600],
    ['cut at the bottom', 1000, 550],
    ['turned by 90 degrees', 600, 1000],
  ];
  for (const [how, widthPx, heightPx] of changed) {
    it(`are found where the image was ${how}`, async () => {
      const refusal = await refusalOf(() => parsed(crop(0, 0, 1000, 600), widthPx, heightPx));
      expect(refusal).toMatchObject({ code: 'bad-metadata', mayRecover: false });
      expect(refusal.message).toContain(`is ${widthPx} x ${heightPx} px`);
      expect(refusal.message).toContain('from 0, 0 to 1000, 600 px');
    });
  }

  it('are found where the sample would begin inside the image', async () => {
    expect((await refusalOf(() => parsed(crop(10, 0, 1000, 600)))).message).toContain('from 10, 0');
  });

  it('name the key where a side of the crop hint is no whole number or missing', async () => {
    const more = '<cropHint><left>0</left><top>0</top><right>1e3x</right><bottom>600</bottom></cropHint>';
    expect((await refusalOf(() => parsed({ more }))).message).toContain('cropHint/right');
    const missing = '<cropHint><left>0</left><top>0</top><right>1000</right></cropHint>';
    expect((await refusalOf(() => parsed({ more: missing }))).message).toContain('cropHint/bottom');
  });
});
