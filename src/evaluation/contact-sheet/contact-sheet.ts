import { drawText, textWidthPx } from './bitmap-font.ts';
import type { DrawnCase } from './case-extremes.ts';
import { BOTH_RGB, CERTAIN_RGB, type Picture, THUMBNAIL_PX, TRUTH_RGB, UNCERTAIN_RGB } from './thumbnail.ts';

/** One contestant's rows of a sheet. */
export interface SheetSection {
  readonly title: string;
  readonly worst: readonly DrawnCase[];
  readonly best: readonly DrawnCase[];
}

const GAP_PX = 12;
const LINE_PX = 24;
const CELL_PX = { width: THUMBNAIL_PX.width + GAP_PX, height: THUMBNAIL_PX.height + LINE_PX + GAP_PX };
const SHEET_GREY = 24;
const TEXT_RGB = [230, 230, 230] as const;

const LEGEND = [
  ['truth', TRUTH_RGB],
  ['predicted', CERTAIN_RGB],
  ['predicted, uncertain', UNCERTAIN_RGB],
  ['both', BOTH_RGB],
] as const;

/** All sections one below the other: a line of text, the worst cases, the best cases. */
export function contactSheet(sections: readonly SheetSection[]): Picture {
  const rows = sections.flatMap(({ title, worst, best }) => [
    { title: `${title}: worst`, cases: worst },
    { title: `${title}: best`, cases: best },
  ]);
  const columns = Math.max(3, ...rows.map(({ cases }) => cases.length));
  const widthPx = GAP_PX + columns * CELL_PX.width;
  const heightPx = GAP_PX + LINE_PX + rows.length * (LINE_PX + CELL_PX.height);
  const sheet = { widthPx, heightPx, rgb: new Uint8Array(widthPx * heightPx * 3).fill(SHEET_GREY) };
  let x = GAP_PX;
  for (const [text, colour] of LEGEND) {
    drawText(sheet, text, x, GAP_PX, colour);
    x += textWidthPx(`${text}   `);
  }
  for (const [row, { title, cases }] of rows.entries()) {
    const top = GAP_PX + LINE_PX + row * (LINE_PX + CELL_PX.height);
    drawText(sheet, title, GAP_PX, top, TEXT_RGB);
    for (const [column, { name, ajiPlus, picture }] of cases.entries()) {
      const left = GAP_PX + column * CELL_PX.width;
      paste(sheet, picture, left, top + LINE_PX);
      const caption = top + LINE_PX + THUMBNAIL_PX.height + 4;
      drawText(sheet, `${ajiPlus.toFixed(2)} ${name}`, left, caption, TEXT_RGB, THUMBNAIL_PX.width);
    }
  }
  return sheet;
}

/** Copies a picture to its place on a sheet that it lies wholly in. */
export function paste(sheet: Picture, picture: Picture, left: number, top: number): void {
  for (let y = 0; y < picture.heightPx; y++) {
    const line = picture.rgb.subarray(y * picture.widthPx * 3, (y + 1) * picture.widthPx * 3);
    sheet.rgb.set(line, ((top + y) * sheet.widthPx + left) * 3);
  }
}
