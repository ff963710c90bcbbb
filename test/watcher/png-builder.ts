import { crc32, deflateSync } from 'node:zlib';

export interface PngParts {
  widthPx?: number;
  heightPx?: number;
  bitDepth?: 8 | 16;
  colourType?: number;
  /** Grey values row by row; 0, 1, 2 ... by default. */
  values?: readonly number[];
  /** Chunks between header and pixels. */
  early?: readonly Buffer[];
  /** Chunks between pixels and end. */
  late?: readonly Buffer[];
}

/** Writes a grey PNG without row filters: 4 x 3 px of 8 bits unless told. */
export function buildPng(parts: PngParts = {}): Buffer {
  const widthPx = parts.widthPx ?? 4;
  const heightPx = parts.heightPx ?? 3;
  const bytesPerValue = parts.bitDepth === 16 ? 2 : 1;
  const values = parts.values ?? Array.from({ length: 12 }, (_, i) => i);
  const rows: Buffer[] = [];
  for (let start = 0; start < values.length; start += widthPx) {
    const row = Buffer.alloc(1 + widthPx * bytesPerValue);
    for (const [column, value] of values.slice(start, start + widthPx).entries()) {
      row.writeUIntBE(value, 1 + column * bytesPerValue, bytesPerValue);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.writeUInt8(parts.bitDepth ?? 8, 8);
  header.writeUInt8(parts.colourType ?? 0, 9);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...(parts.early ?? []),
    pngChunk('IDAT', deflateSync(Buffer.concat(rows))),
    ...(parts.late ?? []),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

export function tExt(keyword: string, text: string): Buffer {
  return pngChunk('tEXt', Buffer.from(`${keyword}\0${text}`));
}

export function zTxt(keyword: string, text: string): Buffer {
  return pngChunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), deflateSync(text)]));
}

export function iTxt(keyword: string, text: string, isCompressed: boolean): Buffer {
  const head = Buffer.from(`${keyword}\0${isCompressed ? '\x01' : '\0'}\0en\0${keyword}\0`);
  return pngChunk('iTXt', Buffer.concat([head, isCompressed ? deflateSync(text) : Buffer.from(text)]));
}
