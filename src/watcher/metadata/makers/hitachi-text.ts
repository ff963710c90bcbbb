import { KV_PER_UNIT, MM_PER_UNIT, NM_PER_UNIT, UM_PER_UNIT } from '../fei-quantity.ts';
import { badValue, iniValues, type KeyedText, quantityOf, requiredQuantityOf, textOf } from './keyed-text.ts';
import { type MakerMetadata, rowsBelowScan, type SizePx, squarePixelNm } from './maker-metadata.ts';

const KV = { ...KV_PER_UNIT, Volt: 1e-3 };
const SECTION = 'SemImageFile';

export function isHitachi(text: string): boolean {
  return /^\s*\[SemImageFile\]/m.test(text);
}

/**
 * Microscopes of Hitachi: the text beside the image. Pixel size, stage position in nm, working distance in um, unless a unit
 * stands there; `DataSize` is the scan, below which lies the data bar. Its stage moves the sample along x, so that the picture
 * lies the other way; two public programs that map such images agree on that.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function parseHitachiText(ini: string, path: string, image: SizePx, name: string): MakerMetadata {
  const text: KeyedText = { path, holder: `the Hitachi text ${name}`, values: iniValues(ini) };
  const key = (word: string) => `${SECTION}/${word}`;
  const sizeNm = requiredQuantityOf(text, key('PixelSize'), NM_PER_UNIT, 'nm', 'a length in nm');
  const x = quantityOf(text, key('StagePositionX'), UM_PER_UNIT, 'nm');
  const y = quantityOf(text, key('StagePositionY'), UM_PER_UNIT, 'nm');
  return {
    pixelSizeNm: squarePixelNm(path, sizeNm, sizeNm, text.holder),
    stagePositionUm: x === null || y === null ? null : { x: -x, y },
    databarHeightPx: rowsBelow(text, key('DataSize'), image),
    instrumentId: textOf(text, key('SerialNumber')),
    instrumentType: textOf(text, key('InstructName')),
    detector: textOf(text, key('SignalName')),
    highVoltageKv: quantityOf(text, key('AcceleratingVoltage'), KV, 'V'),
    workingDistanceMm: quantityOf(text, key('WorkingDistance'), MM_PER_UNIT, 'um'),
  };
}

function rowsBelow(text: KeyedText, key: string, image: SizePx): number {
  const size = /^(\d+)x(\d+)$/i.exec(textOf(text, key));
  if (!size) throw badValue(text, key, 'width x height of the scan in pixels, as 1280x960');
  const scanned = { widthPx: Number(size[1]), heightPx: Number(size[2]) };
  return rowsBelowScan(text.path, image, scanned, `DataSize in ${text.holder}`);
}
