import { describe, expect, it } from 'vitest';
import {
  exportPicture,
  LOST_RGB,
  NEW_CERTAIN_RGB,
  NEW_UNCERTAIN_RGB,
} from '../../../src/evaluation/contact-sheet/export-picture.ts';
import {
  exportSheet,
  SHEET_PIXELS_MAX,
  SHEET_WIDTH_MAX_PX,
  sheetPlan,
} from '../../../src/evaluation/contact-sheet/export-sheet.ts';
import { CERTAIN_RGB, type Picture, UNCERTAIN_RGB } from '../../../src/evaluation/contact-sheet/thumbnail.ts';

const at = ({ widthPx, rgb }: Picture, x: number, y: number) => [
  ...rgb.subarray((y * widthPx + x) * 3, (y * widthPx + x) * 3 + 3),
];
const grey = (widthPx: number, heightPx: number) => ({
  widthPx,
  heightPx,
  pixels: new Uint8Array(widthPx * heightPx).fill(77),
});
/** 20 x 20 px from (x, 10). */
const square = (x: number) => ({ x, y: 10, width: 20, height: 20, bits: new Uint8Array(400).fill(1) });

describe('an export on the sheet', () => {
  const frame = { width: 960, height: 720 };

  it('shows certain, uncertain and new outlines and the boxes of lost ones', () => {
    const outlines = [
      { mask: square(50), certain: true, added: true },
      { mask: square(100), certain: false, added: true },
      { mask: square(0), certain: true, added: false },
      { mask: square(150), certain: false, added: false },
    ];
    const picture = exportPicture(grey(200, 100), frame, outlines, [
      { boxPx: [100, 50, 30, 40], certain: true },
    ]);
    expect([picture.widthPx, picture.heightPx]).toEqual([200, 100]);
    expect(at(picture, 19, 15)).toEqual(CERTAIN_RGB);
    expect(at(picture, 169, 15)).toEqual(UNCERTAIN_RGB);
    expect(at(picture, 50, 15)).toEqual(NEW_CERTAIN_RGB);
    // New outlines are two pixels wide.
    expect(at(picture, 101, 15)).toEqual(NEW_UNCERTAIN_RGB);
    expect(at(picture, 10, 20)).toEqual([77, 77, 77]);
    // Of the upper edge of the lost box columns 100 to 105 are drawn, each with the next, and 107 to 110 are not.
    expect([100, 106, 107, 110, 111].map((x) => at(picture, x, 50))).toEqual([
      LOST_RGB,
      LOST_RGB,
      [77, 77, 77],
      [77, 77, 77],
      LOST_RGB,
    ]);
  });

  it('is shrunk into the frame with its outlines, and boxes beyond the image are left out', () => {
    const outlines = [{ mask: square(50), certain: true, added: false }];
    const small = exportPicture(grey(200, 100), { width: 100, height: 100 }, outlines, [
      { boxPx: [190, 90, 50, 50], certain: true },
    ]);
    expect([small.widthPx, small.heightPx]).toEqual([100, 50]);
    expect(at(small, 25, 8)).toEqual(CERTAIN_RGB);
    expect(at(small, 95, 45)).toEqual(LOST_RGB);
  });
});

describe('a sheet of exports', () => {
  it('holds few in large pictures and many in small ones, within its bounds', () => {
    expect(sheetPlan(1)).toMatchObject({ frame: { width: 960, height: 720 }, columns: 1 });
    // 4 columns of 960 px and 9 rows of 720 + 80 + 16 px fit into 4000 x 8000 px.
    expect(sheetPlan(36)).toMatchObject({ frame: { width: 960 }, columns: 4, cells: 36 });
    expect(sheetPlan(37).frame.width).toBe(800);
    const full = sheetPlan(10_000);
    expect(full.frame.width).toBe(320);
    expect(full.cells).toBeGreaterThan(200);
    for (const exports of [1, 36, 37, 100, 10_000]) {
      const plan = sheetPlan(exports);
      const empty = { widthPx: plan.frame.width, heightPx: plan.frame.height, rgb: new Uint8Array() };
      const shown = Math.min(plan.cells, exports);
      const cell = { picture: empty, lines: ['', '', '', ''], changed: false };
      const { widthPx, heightPx } = exportSheet(Array(shown).fill(cell), plan, true);
      expect(widthPx).toBeLessThanOrEqual(SHEET_WIDTH_MAX_PX);
      expect(widthPx * heightPx).toBeLessThanOrEqual(SHEET_PIXELS_MAX);
    }
  });

  it('frames what changed and writes below each export', () => {
    const picture = exportPicture(grey(100, 60), { width: 960, height: 720 }, [], []);
    const cell = { picture, lines: ['a', 'b', 'c', 'changed'], changed: true };
    const sheet = exportSheet([cell, { ...cell, changed: false, lines: ['a'] }], sheetPlan(2), true);
    // 16 px of margin twice, 20 px of legend, 60 px of picture, four lines of 20 px, and 16 px.
    expect([sheet.widthPx, sheet.heightPx]).toEqual([16 + 2 * 976, 32 + 20 + 60 + 80 + 16]);
    expect(at(sheet, 13, 80)).toEqual(NEW_CERTAIN_RGB);
    expect(at(sheet, 16 + 976 - 3, 80)).toEqual([24, 24, 24]);
    expect(at(sheet, 16, 52)).toEqual([77, 77, 77]);
    const yellow = (from: number, to: number) => {
      let count = 0;
      for (let y = from; y < to; y++) {
        for (let x = 0; x < 500; x++) count += Number(String(at(sheet, x, y)) === String(NEW_CERTAIN_RGB));
      }
      return count;
    };
    // The fourth line alone is yellow: it starts 8 + 3 x 20 px below the picture.
    expect(yellow(52 + 60 + 5, 52 + 60 + 68)).toBe(0);
    expect(yellow(52 + 60 + 68, 52 + 60 + 82)).toBeGreaterThan(50);
  });
});
