import type { GreyImage } from '../watcher/image/grey-image.ts';

const blocks = 8;
/** Rows are looked at in threes; every sixth is a middle one. */
const rowsApart = 6;
/** b - (a + c) / 2 of three rows has 1.5 times the variance of one. */
const varianceOfDifference = 1.5;
/** 90 % of a normal variable's absolute values lie below 1.645 standard deviations. */
const deviationsBelow90 = 1.645;
const slopeLeastGrey = 6;
/** Sum of squared slopes from which a row's shift is known to 0.13 px under shot noise of 6: sqrt(1.5 x 36 / 3000). */
const slopesLeast = 3000;
const jitterRowsLeast = 30;

/**
 * How unsteady the brightness is from row to row, in grey levels: charge makes streaks that begin and end at a line.
 * Mean of each row in each of eight upright blocks, against the mean of the rows above and below; its standard
 * deviation, of the worst block. Shot noise of 6 gives 0.4 at 240 px a block. Null under three rows or eight columns.
 */
export function rowFlickerGrey(image: GreyImage): number | null {
  const { pixels, widthPx, heightPx } = image;
  const blockPx = Math.floor(widthPx / blocks);
  const rows = middleRows(heightPx);
  if (blockPx < 1 || rows.length === 0) return null;
  const sumAt = (row: number, block: number) => {
    const from = row * widthPx + block * blockPx;
    let sum = 0;
    for (let at = from; at < from + blockPx; at++) sum += pixels[at]!;
    return sum;
  };
  const ofBlocks = Array.from({ length: blocks }, (_, block) =>
    deviationOf(
      rows.map((row) => (sumAt(row, block) - (sumAt(row - 1, block) + sumAt(row + 1, block)) / 2) / blockPx),
    ),
  );
  return Math.max(...ofBlocks);
}

/**
 * How far rows are shifted sideways against those above and below, in pixels: drift, vibration and charge that bends
 * the beam. The shift that best explains a row's difference from its neighbours by their slope (least squares: Lucas &
 * Kanade 1981 in one dimension), where the slope is steep; its standard deviation over rows. Edges that lean do
 * not count, as neighbours on both sides lean alike. Null where under 30 rows have slopes to tell by. Shot noise
 * alone gives about 0.05 px.
 */
export function rowJitterPx(image: GreyImage): number | null {
  const shifts = middleRows(image.heightPx)
    .map((row) => shiftOfRow(image, row))
    .filter((shift) => shift !== null);
  return shifts.length < jitterRowsLeast ? null : deviationOf(shifts);
}

function shiftOfRow({ pixels, widthPx }: GreyImage, row: number): number | null {
  let explained = 0;
  let slopes = 0;
  const end = (row + 1) * widthPx - 2;
  for (let at = row * widthPx + 2; at < end; at++) {
    const above = at - widthPx;
    const below = at + widthPx;
    const slope = (pixels[above + 2]! - pixels[above - 2]! + pixels[below + 2]! - pixels[below - 2]!) / 8;
    if (Math.abs(slope) < slopeLeastGrey) continue;
    explained += slope * (pixels[at]! - (pixels[above]! + pixels[below]!) / 2);
    slopes += slope * slope;
  }
  return slopes < slopesLeast ? null : explained / slopes;
}

/**
 * A row's standard deviation from the differences to its neighbours, by the 90th percentile: flat tops and bottoms
 * of particles are fewer rows than that, and flaws need not strike every row.
 */
function deviationOf(differences: readonly number[]): number {
  const sizes = Float64Array.from(differences, Math.abs).sort();
  return sizes[Math.floor(0.9 * sizes.length)]! / deviationsBelow90 / Math.sqrt(varianceOfDifference);
}

function middleRows(heightPx: number): number[] {
  return Array.from({ length: Math.ceil((heightPx - 2) / rowsApart) }, (_, index) => 1 + index * rowsApart);
}
