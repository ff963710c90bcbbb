import type { MakerTexts } from '../../image/image-header.ts';
import { NM_PER_UNIT } from '../fei-quantity.ts';
import { iniValues } from './keyed-text.ts';
import { type MakerMetadata, squarePixelNm } from './maker-metadata.ts';

const NM_PER_WORD: Readonly<Record<string, number>> = {
  ...NM_PER_UNIT,
  micron: 1e3,
  microns: 1e3,
  '\\u00B5m': 1e3,
  cm: 1e7,
};

/** ImageJ's description begins so. */
export function isImageJ(description: string): boolean {
  return description.startsWith('ImageJ=');
}

/**
 * ImageJ and Fiji: the unit stands in the description, and how many pixels are one of it in the tags XResolution and
 * YResolution. Null where it was never told a scale: its unit is `pixel` then, or `inch` of a printed picture.
 *
 * @throws UnusableFileError `bad-metadata` for a size out of range
 */
export function parseImageJ(
  description: string,
  pixelsPerUnit: MakerTexts['pixelsPerUnit'],
  path: string,
): MakerMetadata | null {
  const unit = iniValues(description).get('unit') ?? '';
  if (pixelsPerUnit === null || !Object.hasOwn(NM_PER_WORD, unit)) return null;
  const nm = NM_PER_WORD[unit]!;
  const holder = `ImageJ (${unit}, XResolution and YResolution)`;
  return { pixelSizeNm: squarePixelNm(path, nm / pixelsPerUnit.x, nm / pixelsPerUnit.y, holder) };
}
