import type { StagePositionUm } from '../../../units.ts';
import { KV_PER_UNIT, MM_PER_UNIT, NM_PER_UNIT } from '../fei-quantity.ts';
import { badValue, type KeyedText, quantityOf, requiredQuantityOf, textOf } from './keyed-text.ts';
import { type MakerMetadata, rowsBelowScan, type SizePx, squarePixelNm } from './maker-metadata.ts';

const LINES_MAX = 10_000;
const ONE = { '': 1 };

export function isJeol(text: string): boolean {
  return /^\$(CM|\$?SM)_/m.test(text);
}

/**
 * Microscopes of JEOL: the text beside the image, each line a key and its value. The pixel size is the length of the scale
 * bar over its pixels, so it is as exact as one pixel of the bar; the stage position is in mm.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function parseJeolText(lines: string, path: string, image: SizePx, name: string): MakerMetadata {
  const text: KeyedText = { path, holder: `the JEOL text ${name}`, values: valuesOf(lines) };
  const barPx = requiredQuantityOf(text, '$$SM_MICRON_BAR', ONE, '', 'the pixels of the scale bar');
  const barNm = requiredQuantityOf(
    text,
    '$$SM_MICRON_MARKER',
    NM_PER_UNIT,
    null,
    'the length of the scale bar, as 10um',
  );
  if (barPx < 1) throw badValue(text, '$$SM_MICRON_BAR', 'at least 1 pixel');
  const sizeNm = barNm / barPx;
  return {
    pixelSizeNm: squarePixelNm(path, sizeNm, sizeNm, text.holder),
    stagePositionUm: positionOf(text),
    databarHeightPx: rowsBelow(text, image),
    instrumentType: textOf(text, '$CM_INSTRUMENT'),
    detector:
      textOf(text, '$CM_SIGNAL') || textOf(text, '$CM_SIGNAL_NAME') || textOf(text, '$CM_DETECTOR_NAME'),
    highVoltageKv: quantityOf(text, '$CM_ACCEL_VOLT', KV_PER_UNIT, 'kV'),
    workingDistanceMm: quantityOf(text, '$$SM_WD', MM_PER_UNIT, 'mm'),
  };
}

function positionOf(text: KeyedText): StagePositionUm | null {
  const [x, y] = textOf(text, '$CM_STAGE_POS')
    .split(/\s+/)
    .map((mm) => (mm === '' ? Number.NaN : 1000 * Number(mm)));
  return x === undefined || y === undefined || !Number.isFinite(x + y) ? null : { x, y };
}

function rowsBelow(text: KeyedText, image: SizePx): number {
  const size = /^(\d+)\s+(\d+)$/.exec(textOf(text, '$CM_FULL_SIZE'));
  if (!size) throw badValue(text, '$CM_FULL_SIZE', 'width and height of the scan in pixels, as 1280 960');
  const scanned = { widthPx: Number(size[1]), heightPx: Number(size[2]) };
  return rowsBelowScan(text.path, image, scanned, `$CM_FULL_SIZE in ${text.holder}`);
}

function valuesOf(lines: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of lines.split(/\r\n|\r|\n/, LINES_MAX)) {
    const parts = /^(\$\S+)\s*(.*)$/.exec(line.trim());
    // Some software writes one sign where others write two.
    const key = parts?.[1]?.replace(/^\$SM_/, '$$$$SM_');
    if (parts && key !== undefined && !values.has(key)) values.set(key, parts[2]!.trim());
  }
  return values;
}
