import { UnusableFileError } from '../../../errors.ts';
import type { StagePositionUm } from '../../../units.ts';
import { NM_PER_UNIT, UM_PER_UNIT } from '../fei-quantity.ts';
import { readXml, type XmlDocument } from '../xml-document.ts';
import { type MakerMetadata, rowsBelowScan, type SizePx, squarePixelNm } from './maker-metadata.ts';

/** OME's schema: the unit of a size that names none. Its reference frame of positions is no length. */
const UNIT_WHEN_ABSENT = 'µm';

export function isOme(description: string): boolean {
  return /^(\uFEFF|<\?xml[^>]{0,200}\?>|<!--[^>]{0,2000}-->|\s){0,8}<OME[\s>]/.test(description);
}

/**
 * OME-TIFF: `Pixels` of the one image. Null where it has no physical size.
 * @throws UnusableFileError `bad-metadata`
 */
export function parseOme(xml: string, path: string, image: SizePx): MakerMetadata | null {
  const document = readXml(xml, 'OME', path);
  const pixels = (name: string) => document.attribute('Image/Pixels', name);
  const width = pixels('PhysicalSizeX');
  const height = pixels('PhysicalSizeY');
  if (width === null || height === null) return null;
  requireWhole(document, path, image);
  const widthNm = lengthNm(path, 'PhysicalSizeX', width, pixels('PhysicalSizeXUnit'));
  const heightNm = lengthNm(path, 'PhysicalSizeY', height, pixels('PhysicalSizeYUnit'));
  return {
    pixelSizeNm: squarePixelNm(path, widthNm, heightNm, 'its OME-XML'),
    stagePositionUm: positionOf(document),
    acquiredAt: document.text('Image/AcquisitionDate') ?? '',
  };
}

function requireWhole(document: XmlDocument, path: string, image: SizePx): void {
  const widthPx = Number(document.attribute('Image/Pixels', 'SizeX') ?? image.widthPx);
  const heightPx = Number(document.attribute('Image/Pixels', 'SizeY') ?? image.heightPx);
  rowsBelowScan(path, image, { widthPx, heightPx }, 'its OME-XML');
  if (heightPx === image.heightPx) return;
  // A description of a picture without bar belongs to no picture with one.
  throw badLength(path, 'SizeY', String(heightPx), `${image.heightPx}, the height of the image`);
}

function lengthNm(path: string, name: string, written: string, unit: string | null): number {
  const perUnit = unit === null ? UNIT_WHEN_ABSENT : unit;
  const value = Number(written);
  if (written.trim() !== '' && Number.isFinite(value) && Object.hasOwn(NM_PER_UNIT, perUnit)) {
    return value * NM_PER_UNIT[perUnit]!;
  }
  throw badLength(path, name, `${written} ${perUnit}`, 'a length in pm, nm, µm, mm or m');
}

/** Of the only plane; none where a unit is missing, since OME's default is a frame that nobody knows. */
function positionOf(document: XmlDocument): StagePositionUm | null {
  const along = (axis: 'X' | 'Y'): number | null => {
    const value = Number(document.attribute('Image/Pixels/Plane', `Position${axis}`) ?? Number.NaN);
    const unit = document.attribute('Image/Pixels/Plane', `Position${axis}Unit`) ?? '';
    return Number.isFinite(value) && Object.hasOwn(UM_PER_UNIT, unit) ? value * UM_PER_UNIT[unit]! : null;
  };
  const [x, y] = [along('X'), along('Y')];
  return x === null || y === null ? null : { x, y };
}

function badLength(path: string, name: string, written: string, expected: string): UnusableFileError {
  return new UnusableFileError(
    path,
    'bad-metadata',
    `${name} in its OME-XML is ${JSON.stringify(written.slice(0, 40))}, expected ${expected}; export it again`,
  );
}
