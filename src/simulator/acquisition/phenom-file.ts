import { Buffer } from 'node:buffer';
import { feiImageXml, type PhenomFacts } from './fei-image.ts';

export interface PhenomImage {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 8-bit grey, row by row from the top left. */
  readonly pixels: Uint8Array;
}

const feiImageTag = 34683;
const headerBytes = 8;

const fieldType = { ascii: 2, short: 3, long: 4, rational: 5 } as const;

type Field = readonly [tag: number, type: keyof typeof fieldType, count: number, valueOrOffset: number];

/**
 * A baseline TIFF 6.0 file: little-endian, 8-bit grey, uncompressed, one strip, with the FeiImage document in
 * tag 34683. The directory stands behind the pixels, so that a file cut short does not decode.
 * @throws RangeError when the pixels do not fill the given size.
 */
export function phenomTiff(image: PhenomImage, facts: PhenomFacts): Buffer {
  const { widthPx, heightPx, pixels } = image;
  if (pixels.length !== widthPx * heightPx || pixels.length === 0) {
    throw new RangeError(`image holds ${pixels.length} pixels, expected ${widthPx} x ${heightPx}`);
  }
  const xml = Buffer.from(`${feiImageXml(facts, image)}\0`, 'utf8');
  const xmlAt = evenUp(headerBytes + pixels.length);
  const resolutionAt = evenUp(xmlAt + xml.length);
  const directoryAt = resolutionAt + 8;
  const pixelsPerCm = Math.round(1e7 / facts.pixelSizeNm);

  // TIFF wants the fields in rising order of their tags.
  const fields: readonly Field[] = [
    [256, 'long', 1, widthPx],
    [257, 'long', 1, heightPx],
    [258, 'short', 1, 8], // bits per sample
    [259, 'short', 1, 1], // no compression
    [262, 'short', 1, 1], // 0 is black
    [273, 'long', 1, headerBytes], // where the strip starts
    [277, 'short', 1, 1], // samples per pixel
    [278, 'long', 1, heightPx], // rows per strip
    [279, 'long', 1, pixels.length],
    [282, 'rational', 1, resolutionAt],
    [283, 'rational', 1, resolutionAt],
    [296, 'short', 1, 3], // resolution per centimetre
    [feiImageTag, 'ascii', xml.length, xmlAt],
  ];

  const file = Buffer.alloc(directoryAt + 2 + 12 * fields.length + 4);
  file.write('II', 0, 'latin1');
  file.writeUInt16LE(42, 2);
  file.writeUInt32LE(directoryAt, 4);
  file.set(pixels, headerBytes);
  file.set(xml, xmlAt);
  file.writeUInt32LE(pixelsPerCm, resolutionAt);
  file.writeUInt32LE(1, resolutionAt + 4);
  file.writeUInt16LE(fields.length, directoryAt);
  for (const [index, [tag, type, count, valueOrOffset]] of fields.entries()) {
    const at = directoryAt + 2 + 12 * index;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(fieldType[type], at + 2);
    file.writeUInt32LE(count, at + 4);
    // A SHORT stands in the first two of these four bytes: in little-endian order, the same bytes.
    file.writeUInt32LE(valueOrOffset, at + 8);
  }
  return file;
}

function evenUp(offset: number): number {
  return offset + (offset % 2);
}
