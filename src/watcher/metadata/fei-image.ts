import { UnusableFileError } from '../../errors.ts';
import { databarHeightPx } from './fei-crop.ts';
import {
  badQuantity,
  type FeiSource,
  KV_PER_UNIT,
  M_PER_UNIT,
  MM_PER_UNIT,
  NM_PER_UNIT,
  NS_PER_UNIT,
  optionalQuantity,
  plainNumber,
  requiredQuantity,
  UM_PER_UNIT,
} from './fei-quantity.ts';
import type { TileMetadata } from './tile-metadata.ts';
import { readXml } from './xml-document.ts';

/** From below an atom to beyond the whole stage: outside it the unit is wrong, not the magnification. */
const PIXEL_SIZE_MIN_NM = 1e-3;
const PIXEL_SIZE_MAX_NM = 1e6;
/**
 * Relative difference of pixel width and height up to which a pixel counts as square: real files have up to 0.27 %. Areas are
 * exact by the geometric mean of both, and a length is off by a quarter of a per cent at most.
 */
const PIXEL_ASPECT_TOLERANCE = 5e-3;
const LABEL_MAX_CHARACTERS = 200;

/**
 * Reads the microscope's own metadata of one image, converted to our units.
 *
 * @param xml the FeiImage document; a blank one counts as missing
 * @param path the image, to name in errors
 * @param image the image's size, the data bar included
 * @param displayWidthDefaultM the display width that magnification refers to where the file says 0 or nothing
 * @throws UnusableFileError `no-metadata`, or `bad-metadata` naming key, value and what is expected
 */
export function parseFeiImage(
  xml: string,
  path: string,
  image: { widthPx: number; heightPx: number },
  displayWidthDefaultM: number,
): TileMetadata {
  if (xml.trim() === '') {
    throw new UnusableFileError(
      path,
      'no-metadata',
      'has no FeiImage metadata (TIFF tag 34683 / PNG text 34683), so its pixel size is unknown; ' +
        'export it from the microscope again instead of saving it by another program',
    );
  }
  const source: FeiSource = { document: readXml(xml, 'FeiImage', path), path };
  const text = (key: string): string => source.document.text(key) ?? '';
  const pixelSizeNm = squarePixelSizeNm(source);
  const displayWidthM = displayWidthOfFileM(source);
  return {
    pixelSizeNm,
    stagePositionUm: { x: stageUm(source, 'samplePosition/x'), y: stageUm(source, 'samplePosition/y') },
    magnification: ((displayWidthM ?? displayWidthDefaultM) * 1e9) / (pixelSizeNm * image.widthPx),
    magnificationSource: displayWidthM === null ? 'configured-display-width' : 'file',
    sampleLabel: labelOf(text('databarLabel')),
    instrumentId: text('instrument/uniqueID'),
    instrumentType: text('instrument/type'),
    softwareVersion: text('instrument/softwareVersion'),
    acquiredAt: text('time'),
    databarHeightPx: databarHeightPx(source, image),
    scanRotationRad: scanRotationRad(source),
    detector: text('acquisition/scan/detector'),
    highVoltageKv: optionalQuantity(source, 'acquisition/scan/highVoltage', KV_PER_UNIT),
    workingDistanceMm: optionalQuantity(source, 'workingDistance', MM_PER_UNIT),
    dwellTimeNs: optionalQuantity(source, 'acquisition/scan/dwellTime', NS_PER_UNIT),
    integrations: plainNumber(source, 'integrations'),
    spotSize: plainNumber(source, 'acquisition/scan/spotSize'),
  };
}

function squarePixelSizeNm(source: FeiSource): number {
  const expected =
    `a number from ${PIXEL_SIZE_MIN_NM} to ${PIXEL_SIZE_MAX_NM} nm with its unit ` +
    '(pm, nm, um, µm, mm or m)';
  const isAccepted = (sizeNm: number): boolean => sizeNm >= PIXEL_SIZE_MIN_NM && sizeNm <= PIXEL_SIZE_MAX_NM;
  const widthNm = requiredQuantity(source, 'pixelWidth', NM_PER_UNIT, null, expected, isAccepted);
  const heightNm = requiredQuantity(source, 'pixelHeight', NM_PER_UNIT, null, expected, isAccepted);
  if (Math.abs(heightNm - widthNm) > PIXEL_ASPECT_TOLERANCE * widthNm) {
    const limit = `${PIXEL_ASPECT_TOLERANCE * 100} %`;
    throw badQuantity(source, 'pixelHeight', `pixelWidth (${widthNm} nm) within ${limit}: a square pixel`);
  }
  return widthNm === heightNm ? widthNm : Math.sqrt(widthNm * heightNm);
}

function stageUm(source: FeiSource, key: string): number {
  return requiredQuantity(
    source,
    key,
    UM_PER_UNIT,
    'm',
    'a finite stage position in metres',
    Number.isFinite,
  );
}

/** Files saved through the programming interface say 0: they were never displayed. */
function displayWidthOfFileM(source: FeiSource): number | null {
  if (source.document.text('displayWidth') === null) return null;
  const expected = '0 or a positive width in metres';
  const widthM = requiredQuantity(source, 'displayWidth', M_PER_UNIT, 'm', expected, (width) => width >= 0);
  return widthM === 0 ? null : widthM;
}

/** 0 where the file says nothing; a value that cannot be read would misplace the tile. */
function scanRotationRad(source: FeiSource): number {
  const key = 'acquisition/scan/rotation';
  if (source.document.text(key) === null) return 0;
  const rotation = plainNumber(source, key);
  if (rotation === null) throw badQuantity(source, key, 'a finite angle in radians');
  return rotation;
}

/** The label as typed, without characters that no font shows (controls, direction marks, lone surrogates). */
export function labelOf(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '').trim();
  return Array.from(visible).slice(0, LABEL_MAX_CHARACTERS).join('').trim();
}
