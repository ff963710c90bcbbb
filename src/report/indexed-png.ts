import { promisify } from 'node:util';
import { constants, crc32, deflate } from 'node:zlib';

const compressed = promisify(deflate);

/**
 * A PNG of one byte a pixel with its palette (ISO/IEC 15948, colour type 3): a third of RGB's bytes to go through.
 * Rows are filtered by the row above. Noise is coded by frequency alone: it repeats nothing that a search for repetitions
 * would find.
 * @param palette red, green, blue of each index in turn, up to 256 colours.
 * @param of lines on a ground of index 0, which is transparent then
 */
export async function indexedPng(
  widthPx: number,
  heightPx: number,
  indices: Uint8Array,
  palette: Uint8Array,
  of: 'noise' | 'lines' = 'noise',
): Promise<Buffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette; the only compression, filter set and order but interlaced
  const rows = filteredRows(widthPx, heightPx, indices);
  const data = await compressed(rows, {
    // In one piece: zlib's pieces of 16 kB would each cross from thread to thread.
    chunkSize: Math.max(64, rows.length),
    level: of === 'noise' ? 1 : 6,
    memLevel: 9,
    strategy: of === 'noise' ? constants.Z_HUFFMAN_ONLY : constants.Z_DEFAULT_STRATEGY,
  });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    ...(of === 'lines' ? [chunk('tRNS', Uint8Array.of(0))] : []),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Each row behind its filter's number: 2, less the row above. */
function filteredRows(widthPx: number, heightPx: number, indices: Uint8Array): Uint8Array {
  const rows = new Uint8Array((widthPx + 1) * heightPx);
  for (let y = 0; y < heightPx; y++) {
    const from = y * widthPx;
    const to = y * (widthPx + 1) + 1;
    rows[to - 1] = 2;
    if (y === 0) rows.set(indices.subarray(0, widthPx), to);
    else for (let x = 0; x < widthPx; x++) rows[to + x] = indices[from + x]! - indices[from + x - widthPx]!;
  }
  return rows;
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
