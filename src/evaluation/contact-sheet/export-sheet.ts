import { drawText, textWidthPx } from './bitmap-font.ts';
import { paste } from './contact-sheet.ts';
import { LOST_RGB, NEW_CERTAIN_RGB, NEW_UNCERTAIN_RGB } from './export-picture.ts';
import { CERTAIN_RGB, type Picture, UNCERTAIN_RGB } from './thumbnail.ts';

/** One export on the sheet. */
export interface SheetCell {
  readonly picture: Picture;
  /** What is written below it, a line each. */
  readonly lines: readonly string[];
  /** Framed, as it counts as changed. */
  readonly changed: boolean;
}

/** Size of a cell's picture at most, how many stand side by side, and how many cells there is room for. */
export interface SheetPlan {
  readonly frame: { readonly width: number; readonly height: number };
  readonly columns: number;
  readonly cells: number;
}

const GAP_PX = 16;
const LINE_PX = 20;
const LINES = 4;
const SHEET_GREY = 24;
const TEXT_RGB = [230, 230, 230] as const;

/** A sheet is at most so wide and has at most so many pixels, about 40 MB as a file, whatever is in the folders. */
export const SHEET_WIDTH_MAX_PX = 4000;
export const SHEET_PIXELS_MAX = 32_000_000;
/** Widths of a picture from the one on which a dense export can be judged to one that shows the gist. */
const WIDTHS_PX = [960, 800, 640, 480, 320];

const LEGEND = [
  ['certain', CERTAIN_RGB],
  ['uncertain', UNCERTAIN_RGB],
] as const;
const LEGEND_OF_CHANGES = [
  ['new, certain', NEW_CERTAIN_RGB],
  ['new, uncertain', NEW_UNCERTAIN_RGB],
  ['lost (dashed)', LOST_RGB],
] as const;

/** The largest pictures with which so many exports fit on a sheet; the smallest hold as many as fit. */
export function sheetPlan(exports: number): SheetPlan {
  const plans = WIDTHS_PX.map((width): SheetPlan => {
    const frame = { width, height: (width * 3) / 4 };
    const columns = Math.floor((SHEET_WIDTH_MAX_PX - GAP_PX) / (width + GAP_PX));
    const heightMaxPx = SHEET_PIXELS_MAX / SHEET_WIDTH_MAX_PX - 2 * GAP_PX - LINE_PX;
    const rows = Math.floor(heightMaxPx / (frame.height + LINES * LINE_PX + GAP_PX));
    return { frame, columns: Math.min(columns, Math.max(1, exports)), cells: columns * rows };
  });
  return plans.find(({ cells }) => cells >= exports) ?? plans.at(-1)!;
}

/** All cells in reading order below a legend, each row as high as its highest picture. */
export function exportSheet(cells: readonly SheetCell[], plan: SheetPlan, compared: boolean): Picture {
  // Files that turn out to be no images leave their places empty.
  const columns = Math.min(plan.columns, Math.max(1, cells.length));
  const rows = rowsOf(cells, columns);
  const heightsPx = rows.map(
    (row) => Math.max(...row.map(({ picture }) => picture.heightPx)) + LINES * LINE_PX + GAP_PX,
  );
  const widthPx = GAP_PX + columns * (plan.frame.width + GAP_PX);
  const heightPx = 2 * GAP_PX + LINE_PX + heightsPx.reduce((sum, rowPx) => sum + rowPx, 0);
  const sheet = { widthPx, heightPx, rgb: new Uint8Array(widthPx * heightPx * 3).fill(SHEET_GREY) };
  let x = GAP_PX;
  for (const [text, colour] of [...LEGEND, ...(compared ? LEGEND_OF_CHANGES : [])]) {
    drawText(sheet, text, x, GAP_PX, colour);
    x += textWidthPx(`${text}   `);
  }
  let top = 2 * GAP_PX + LINE_PX;
  for (const [index, row] of rows.entries()) {
    for (const [column, cell] of row.entries()) {
      drawCell(sheet, cell, GAP_PX + column * (plan.frame.width + GAP_PX), top, plan.frame.width);
    }
    top += heightsPx[index]!;
  }
  return sheet;
}

function drawCell(
  sheet: Picture,
  { picture, lines, changed }: SheetCell,
  left: number,
  top: number,
  widthPx: number,
): void {
  if (changed) {
    const border = { widthPx: picture.widthPx + 8, heightPx: picture.heightPx + 8 };
    const rgb = new Uint8Array(border.widthPx * border.heightPx * 3);
    for (let at = 0; at < rgb.length; at += 3) rgb.set(NEW_CERTAIN_RGB, at);
    paste(sheet, { ...border, rgb }, left - 4, top - 4);
  }
  paste(sheet, picture, left, top);
  for (const [index, line] of lines.slice(0, LINES).entries()) {
    const colour = changed && index === lines.length - 1 ? NEW_CERTAIN_RGB : TEXT_RGB;
    drawText(sheet, line, left, top + picture.heightPx + 8 + index * LINE_PX, colour, widthPx);
  }
}

function rowsOf(cells: readonly SheetCell[], columns: number): SheetCell[][] {
  const rows: SheetCell[][] = [];
  for (let at = 0; at < cells.length; at += columns) rows.push(cells.slice(at, at + columns));
  return rows;
}
