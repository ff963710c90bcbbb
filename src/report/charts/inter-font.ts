import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The bundled typeface: text must appear, at its right width, on a machine without any font. */
export type FontWeight = 400 | 600;

export const fontFamily = 'Inter';

const { resolve } = createRequire(import.meta.url);
const files: Readonly<Record<FontWeight, string>> = {
  400: resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  600: resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
};

/** TrueType files of all weights. */
export const fontFiles: readonly string[] = Object.values(files);

/** Width of one line without kerning, in the unit of `sizePx`. */
export function textWidthPx(text: string, sizePx: number, weight: FontWeight = 400): number {
  const { unitsPerEm, advanceOf } = fontOf(weight);
  let units = 0;
  for (const character of text) units += advanceOf(character.codePointAt(0) ?? 0);
  return (units / unitsPerEm) * sizePx;
}

interface Font {
  readonly unitsPerEm: number;
  /** Width of a character in font units. */
  advanceOf(codePoint: number): number;
}

const read = new Map<FontWeight, Font>();

function fontOf(weight: FontWeight): Font {
  const font = read.get(weight) ?? readFont(readFileSync(files[weight]));
  read.set(weight, font);
  return font;
}

/** The tables head, hhea, hmtx and cmap (format 4: the basic plane) of an OpenType font, ISO/IEC 14496-22. */
function readFont(bytes: Buffer): Font {
  const tables = new Map<string, number>();
  for (let i = 0; i < bytes.readUInt16BE(4); i++) {
    const at = 12 + 16 * i;
    tables.set(bytes.toString('latin1', at, at + 4), bytes.readUInt32BE(at + 8));
  }
  const table = (name: string): number => tables.get(name) ?? 0;
  const widths = bytes.readUInt16BE(table('hhea') + 34);
  const glyphOf = glyphs(bytes, table('cmap'));
  return {
    unitsPerEm: bytes.readUInt16BE(table('head') + 18),
    advanceOf: (codePoint) =>
      bytes.readUInt16BE(table('hmtx') + 4 * Math.min(glyphOf(codePoint), widths - 1)),
  };
}

function glyphs(bytes: Buffer, cmap: number): (codePoint: number) => number {
  const subtables = Array.from({ length: bytes.readUInt16BE(cmap + 2) }, (_, i) =>
    bytes.readUInt32BE(cmap + 8 + 8 * i),
  ).map((offset) => cmap + offset);
  const at = subtables.find((subtable) => bytes.readUInt16BE(subtable) === 4);
  if (at === undefined) throw new Error('the bundled font has no table of characters of format 4');
  const size = bytes.readUInt16BE(at + 6); // twice the number of segments
  const ends = at + 14;
  const starts = ends + size + 2;
  return (codePoint) => {
    for (let i = 0; i < size; i += 2) {
      if (codePoint > bytes.readUInt16BE(ends + i)) continue;
      const start = bytes.readUInt16BE(starts + i);
      if (codePoint < start) return 0;
      const delta = bytes.readUInt16BE(starts + size + i);
      const rangeAt = starts + 2 * size + i;
      const range = bytes.readUInt16BE(rangeAt);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = bytes.readUInt16BE(rangeAt + range + 2 * (codePoint - start));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
