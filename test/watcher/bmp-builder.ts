export interface BmpParts {
  widthPx: number;
  /** Grey values row by row, from the top. */
  values: readonly number[];
  bitsPerPixel: number;
  topDown?: boolean;
}

/** Writes a grey Windows bitmap (BITMAPINFOHEADER), without compression; of 8 bits by a palette that turns values round. */
export function buildBmp({ widthPx, values, bitsPerPixel, topDown = false }: BmpParts): Buffer {
  const heightPx = values.length / widthPx;
  const palette = Buffer.alloc(bitsPerPixel === 8 ? 1024 : 0);
  for (let index = 0; index < palette.length / 4; index++)
    palette.fill(255 - index, 4 * index, 4 * index + 3);
  const rowBytes = 4 * Math.ceil((widthPx * bitsPerPixel) / 32);
  const rows = Array.from({ length: heightPx }, (_, row) => {
    const bytes = Buffer.alloc(rowBytes);
    for (let column = 0; column < widthPx; column++) {
      const value = values[row * widthPx + column]!;
      const at = (column * bitsPerPixel) / 8;
      if (bitsPerPixel === 8) bytes[at] = 255 - value;
      else bytes.fill(value, at, at + 3);
    }
    return bytes;
  });
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54 + palette.length + rowBytes * heightPx, 2);
  header.writeUInt32LE(54 + palette.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(widthPx, 18);
  header.writeInt32LE(topDown ? -heightPx : heightPx, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(bitsPerPixel, 28);
  return Buffer.concat([header, palette, ...(topDown ? rows : rows.toReversed())]);
}
