import { readBmpLayout } from './bmp-header.ts';
import { bytesInMemory } from './file-bytes.ts';
import { greyOfColours } from './grey-colours.ts';

/**
 * The grey of a Windows bitmap whose header was found readable: 8 bits with a palette, or 24 or 32 bits, of which the fourth
 * byte means nothing. Rows come bottom up, unless the header says otherwise.
 *
 * @throws UnusableFileError `not-grey` for the first pixel that has a colour
 */
export async function readBmpGrey(path: string, bytes: Buffer): Promise<Uint8Array> {
  const layout = await readBmpLayout(bytesInMemory(path, bytes));
  const { widthPx, heightPx, isTopDown, pixelsAt, rowBytes, bitsPerPixel, paletteAt, colours } = layout;
  const bytesPerPixel = bitsPerPixel / 8;
  const palette = bytes.subarray(paletteAt, paletteAt + 4 * colours);
  const rgb = new Uint8Array(3 * widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const rowAt = pixelsAt + rowBytes * (isTopDown ? row : heightPx - 1 - row);
    for (let column = 0; column < widthPx; column++) {
      const at = rowAt + column * bytesPerPixel;
      const [from, colourAt] = bytesPerPixel === 1 ? [palette, 4 * bytes[at]!] : [bytes, at];
      const to = 3 * (row * widthPx + column);
      // Blue comes first; a value beyond the palette is black.
      rgb[to] = from[colourAt + 2] ?? 0;
      rgb[to + 1] = from[colourAt + 1] ?? 0;
      rgb[to + 2] = from[colourAt] ?? 0;
    }
  }
  return greyOfColours(rgb, 3, path);
}
