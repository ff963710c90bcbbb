import { KV_PER_UNIT, MM_PER_UNIT, NM_PER_UNIT, UM_PER_UNIT } from '../fei-quantity.ts';
import { badValue, type KeyedText, quantityOf, requiredQuantityOf, textOf } from './keyed-text.ts';
import { type MakerMetadata, rowsBelowScan, type SizePx, squarePixelNm } from './maker-metadata.ts';

const KEY = /^(AP|DP|SV)_[A-Z0-9_]+$/;
const LINES_MAX = 20_000;

/**
 * Microscopes of Zeiss (SmartSEM): the text of TIFF tag 34118, in which a key stands above its line, as
 * `AP_IMAGE_PIXEL_SIZE` above `Image Pixel Size = 12.3 nm`. Its data zone is drawn over the picture, and no key says how
 * high it is.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function parseZeissText(zeiss: string, path: string, image: SizePx): MakerMetadata {
  const text: KeyedText = { path, holder: 'the Zeiss text (TIFF tag 34118)', values: valuesOf(zeiss) };
  const sizeNm = requiredQuantityOf(
    text,
    text.values.has('AP_IMAGE_PIXEL_SIZE') ? 'AP_IMAGE_PIXEL_SIZE' : 'AP_PIXEL_SIZE',
    NM_PER_UNIT,
    null,
    'a length with its unit (pm, nm, um, µm, mm or m)',
  );
  const x = quantityOf(text, 'AP_STAGE_AT_X', UM_PER_UNIT, null);
  const y = quantityOf(text, 'AP_STAGE_AT_Y', UM_PER_UNIT, null);
  requireWhole(text, image);
  return {
    pixelSizeNm: squarePixelNm(path, sizeNm, sizeNm, text.holder),
    stagePositionUm: x === null || y === null ? null : { x, y },
    instrumentId: textOf(text, 'SV_SERIAL_NUMBER'),
    instrumentType: textOf(text, 'DP_SEM') || 'Zeiss',
    softwareVersion: textOf(text, 'SV_VERSION'),
    detector: textOf(text, 'DP_DETECTOR_CHANNEL') || textOf(text, 'DP_DETECTOR_TYPE'),
    highVoltageKv:
      quantityOf(text, 'AP_ACTUALKV', KV_PER_UNIT, null) ??
      quantityOf(text, 'AP_MANUALKV', KV_PER_UNIT, null),
    workingDistanceMm: quantityOf(text, 'AP_WD', MM_PER_UNIT, null),
  };
}

/** `Store resolution = 1024 * 768` is the size of the picture, its data zone included. */
function requireWhole(text: KeyedText, image: SizePx): void {
  if (!text.values.has('DP_IMAGE_STORE')) return;
  const stored = /^(\d+)\s*\*\s*(\d+)$/.exec(textOf(text, 'DP_IMAGE_STORE'));
  if (!stored) throw badValue(text, 'DP_IMAGE_STORE', 'width * height in pixels');
  const scanned = { widthPx: Number(stored[1]), heightPx: Number(stored[2]) };
  rowsBelowScan(text.path, image, scanned, `DP_IMAGE_STORE in ${text.holder}`);
}

function valuesOf(zeiss: string): Map<string, string> {
  const values = new Map<string, string>();
  let key: string | null = null;
  for (const line of zeiss.split(/\r\n|\r|\n/, LINES_MAX)) {
    const written = line.trim();
    if (KEY.test(written)) {
      key = written;
      continue;
    }
    // Some lines have a colon, as `Date :05 Mar 2019`.
    const value = /^[^=:]*[=:](.*)$/.exec(written)?.[1]?.trim();
    if (key !== null && value !== undefined && !values.has(key)) values.set(key, value);
    key = null;
  }
  return values;
}
