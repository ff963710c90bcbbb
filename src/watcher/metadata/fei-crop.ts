import { UnusableFileError } from '../../errors.ts';
import { badQuantity, type FeiSource, plainNumber } from './fei-quantity.ts';

/** A Phenom's data bar takes 6 to 8 % of the image's height. */
const BAR_SHARE_MAX = 0.2;
const SIDES = ['left', 'top', 'right', 'bottom'] as const;

interface SizePx {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * Rows at the bottom of the image that show no sample: what `databarHeight` says, or what lies below `cropHint`
 * (left, top, right, bottom of the sample in pixels) where that is more, as in files whose bar only it knows.
 *
 * `cropHint` also tells the size that the microscope gave the image. One that does not fit was resized or cut by
 * another program, so that neither pixel size nor stage position hold any longer.
 *
 * @param image the image's size, the data bar included
 * @throws UnusableFileError `bad-metadata` naming both sizes
 */
export function databarHeightPx(source: FeiSource, image: SizePx): number {
  const declared = plainNumber(source, 'databarHeight');
  if (declared === null || !Number.isInteger(declared) || declared < 0 || declared >= image.heightPx) {
    throw badQuantity(source, 'databarHeight', `a whole number of pixels from 0 to ${image.heightPx - 1}`);
  }
  return Math.max(declared, rowsBelowSample(source, image));
}

/** 0 where the file says nothing; older software writes four zeros. */
function rowsBelowSample(source: FeiSource, image: SizePx): number {
  if (SIDES.every((side) => source.document.text(`cropHint/${side}`) === null)) return 0;
  const [left, top, right, bottom] = SIDES.map((side) => pixelsOf(source, side)) as [
    number,
    number,
    number,
    number,
  ];
  if (left === 0 && top === 0 && right === 0 && bottom === 0) return 0;
  const rows = image.heightPx - bottom;
  if (
    left !== 0 ||
    top !== 0 ||
    right !== image.widthPx ||
    rows < 0 ||
    rows > BAR_SHARE_MAX * image.heightPx
  ) {
    throw new UnusableFileError(
      source.path,
      'bad-metadata',
      `is ${image.widthPx} x ${image.heightPx} px, but cropHint in its FeiImage metadata says that the microscope ` +
        `showed the sample from ${left}, ${top} to ${right}, ${bottom} px; it was resized or cut by another ` +
        `program (a data bar may take ${100 * BAR_SHARE_MAX} % of the height), so its pixel size no longer holds: ` +
        'use the file that the microscope wrote',
    );
  }
  return rows;
}

function pixelsOf(source: FeiSource, side: string): number {
  const key = `cropHint/${side}`;
  const value = plainNumber(source, key);
  if (value === null || !Number.isInteger(value)) throw badQuantity(source, key, 'a whole number of pixels');
  return value;
}
