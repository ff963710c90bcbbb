import { basename, dirname } from 'node:path';
import type { ImageHeader } from '../image/image-header.ts';
import type { TextBeside } from '../sidecars.ts';
import { labelOf, parseFeiImage } from './fei-image.ts';
import { parseFeiIni } from './makers/fei-ini.ts';
import { isHitachi, parseHitachiText } from './makers/hitachi-text.ts';
import { isImageJ, parseImageJ } from './makers/imagej-text.ts';
import { isJeol, parseJeolText } from './makers/jeol-text.ts';
import type { MakerMetadata, SizePx } from './makers/maker-metadata.ts';
import { isOme, parseOme } from './makers/ome-xml.ts';
import { parseZeissText } from './makers/zeiss-text.ts';
import type { TileMetadata } from './tile-metadata.ts';

/**
 * What an image file says of itself: a Phenom's document first, which FEI and Thermo Fisher also write into what other
 * microscopes of theirs save. Null where it has no scale.
 *
 * @throws UnusableFileError `bad-metadata`
 */
export function ownMetadata(
  header: ImageHeader,
  path: string,
  displayWidthDefaultM: number,
): TileMetadata | null {
  const { feiXml, makers } = header;
  const { description } = makers;
  const isOthers = makers.feiIni !== null;
  if (feiXml !== null && feiXml.trim() !== '' && !isOthers)
    return parseFeiImage(feiXml, path, header, displayWidthDefaultM);
  const of = (maker: MakerMetadata | null) => maker && completed(maker, path, header, displayWidthDefaultM);
  if (makers.feiIni !== null) return of(parseFeiIni(makers.feiIni, path, header));
  if (makers.zeiss !== null) return of(parseZeissText(makers.zeiss, path, header));
  if (description !== null && isOme(description)) return of(parseOme(description, path, header));
  if (description !== null && isImageJ(description))
    return of(parseImageJ(description, makers.pixelsPerUnit, path));
  return null;
}

/** What the text beside an image says of it; null for a text of anybody else's. @throws UnusableFileError `bad-metadata` */
export function metadataBeside(
  { text, name }: TextBeside,
  header: ImageHeader,
  path: string,
  displayWidthDefaultM: number,
): TileMetadata | null {
  const of = (maker: MakerMetadata) => completed(maker, path, header, displayWidthDefaultM);
  if (isHitachi(text)) return of(parseHitachiText(text, path, header, name));
  if (isJeol(text)) return of(parseJeolText(text, path, header, name));
  return null;
}

/**
 * All of a tile's metadata from what is known. No label was typed for a reader to find, so that the sample is called as the
 * folder is; nobody has held the directions of the stage's axes against pictures.
 */
export function completed(
  maker: MakerMetadata,
  path: string,
  image: SizePx,
  displayWidthDefaultM: number,
): TileMetadata {
  const { pixelSizeNm, stagePositionUm = null } = maker;
  return {
    pixelSizeNm,
    stagePositionUm,
    ...(stagePositionUm !== null && { stageAxes: 'assumed' as const }),
    magnification: (displayWidthDefaultM * 1e9) / (pixelSizeNm * image.widthPx),
    magnificationSource: 'configured-display-width',
    sampleLabel: labelOf(basename(dirname(path))),
    instrumentId: maker.instrumentId ?? '',
    instrumentType: maker.instrumentType ?? '',
    softwareVersion: maker.softwareVersion ?? '',
    acquiredAt: maker.acquiredAt ?? '',
    databarHeightPx: maker.databarHeightPx ?? 0,
    scanRotationRad: maker.scanRotationRad ?? 0,
    detector: maker.detector ?? '',
    highVoltageKv: maker.highVoltageKv ?? null,
    workingDistanceMm: maker.workingDistanceMm ?? null,
    dwellTimeNs: maker.dwellTimeNs ?? null,
    integrations: maker.integrations ?? null,
  };
}
