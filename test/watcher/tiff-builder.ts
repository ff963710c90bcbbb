/** What to put into a test TIFF; everything has a plain default: 4 x 3 px, 8-bit grey, one strip. */
export interface TiffParts {
  byteOrder?: 'little' | 'big';
  widthPx?: number;
  heightPx?: number;
  bitsPerSample?: number;
  samplesPerPixel?: number;
  photometric?: number;
  /** Values of all samples, row by row; 0, 1, 2 ... by default. */
  values?: readonly number[];
  xml?: string;
  /** Put the metadata before the pixels, instead of between pixels and directory. */
  xmlFirst?: boolean;
  /** Further fields of text by tag, as other makers' metadata. */
  texts?: Readonly<Record<number, string | Buffer>>;
  /** Fields of one fraction by tag: numerator and denominator. */
  ratios?: Readonly<Record<number, readonly [number, number]>>;
  pages?: number;
  /** Point the last directory at the first. */
  cyclic?: boolean;
  /** Replace a field's value after all is laid out, by tag. */
  fields?: Readonly<Record<number, number>>;
  /** Leave fields out, by tag. */
  without?: readonly number[];
}

export interface BuiltTiff {
  bytes: Buffer;
  directoryOffset: number;
}

const SHORT = 3;
const LONG = 4;
const ASCII = 2;
const RATIONAL = 5;

/** Writes a classic TIFF (TIFF 6.0, section 2): header, data, then the directories. */
export function buildTiff(parts: TiffParts = {}): BuiltTiff {
  const little = parts.byteOrder !== 'big';
  const u16 = (value: number): Buffer => uint(value, 2, little);
  const u32 = (value: number): Buffer => uint(value, 4, little);
  const widthPx = parts.widthPx ?? 4;
  const heightPx = parts.heightPx ?? 3;
  const bitsPerSample = parts.bitsPerSample ?? 8;
  const samples = parts.samplesPerPixel ?? 1;
  const values = parts.values ?? Array.from({ length: widthPx * heightPx * samples }, (_, i) => i % 256);
  const pixels = Buffer.concat(values.map((value) => uint(value, Math.ceil(bitsPerSample / 8), little)));
  const xml = parts.xml === undefined ? Buffer.alloc(0) : Buffer.from(`${parts.xml}\0`);
  const data = parts.xmlFirst ? [xml, pixels] : [pixels, xml];
  const padding = Buffer.alloc((data[0]!.length + data[1]!.length) % 2);
  const beforeExtras = 8 + pixels.length + xml.length + padding.length;
  const extras = extraFields(parts, beforeExtras, u32);
  const directoryOffset = beforeExtras + extras.bytes.length;
  const all: Field[] = [
    [256, SHORT, 1, widthPx],
    [257, SHORT, 1, heightPx],
    [258, SHORT, 1, bitsPerSample],
    [259, SHORT, 1, 1],
    [262, SHORT, 1, parts.photometric ?? (samples === 3 ? 2 : 1)],
    [273, LONG, 1, parts.xmlFirst ? 8 + xml.length : 8],
    [277, SHORT, 1, samples],
    [278, SHORT, 1, heightPx],
    [279, LONG, 1, pixels.length],
  ];
  if (xml.length > 0) all.push([34683, ASCII, xml.length, parts.xmlFirst ? 8 : 8 + pixels.length]);
  all.push(...extras.fields);
  all.sort(([a], [b]) => a - b);
  const fields = all.filter(([tag]) => !parts.without?.includes(tag));
  const entries = fields.map(([tag, type, count, value]) => {
    const written = parts.fields?.[tag] ?? value;
    // A SHORT stands in the first two of the four value bytes, in either byte order.
    const isShort = type === SHORT && written < 65_536;
    const valueBytes = isShort ? Buffer.concat([u16(written), u16(0)]) : u32(written);
    return Buffer.concat([
      u16(tag),
      u16(isShort ? SHORT : type === SHORT ? LONG : type),
      u32(count),
      valueBytes,
    ]);
  });
  const directoryBytes = 2 + entries.length * 12 + 4;
  const pages = parts.pages ?? 1;
  const directories = Array.from({ length: pages }, (_, page) => {
    const isLast = page === pages - 1;
    const afterLast = parts.cyclic ? directoryOffset : 0;
    const next = isLast ? afterLast : directoryOffset + (page + 1) * directoryBytes;
    return Buffer.concat([u16(entries.length), ...entries, u32(next)]);
  });
  const header = Buffer.concat([Buffer.from(little ? 'II' : 'MM'), u16(42), u32(directoryOffset)]);
  return { bytes: Buffer.concat([header, ...data, padding, extras.bytes, ...directories]), directoryOffset };
}

type Field = [tag: number, type: number, count: number, value: number];

/** Texts and fractions, each from an even byte on. */
function extraFields(parts: TiffParts, offset: number, u32: (value: number) => Buffer) {
  const contents = [
    ...Object.entries(parts.texts ?? {}).map(([tag, text]) => {
      const bytes = Buffer.concat([Buffer.isBuffer(text) ? text : Buffer.from(text), Buffer.alloc(1)]);
      return { tag: Number(tag), type: ASCII, count: bytes.length, bytes };
    }),
    ...Object.entries(parts.ratios ?? {}).map(([tag, ratio]) => {
      return { tag: Number(tag), type: RATIONAL, count: 1, bytes: Buffer.concat(ratio.map(u32)) };
    }),
  ];
  const fields: Field[] = [];
  let bytes = Buffer.alloc(0);
  for (const { tag, type, count, bytes: content } of contents) {
    fields.push([tag, type, count, offset + bytes.length]);
    bytes = Buffer.concat([bytes, content, Buffer.alloc(content.length % 2)]);
  }
  return { fields, bytes };
}

function uint(value: number, sizeBytes: number, little: boolean): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  if (little) bytes.writeUIntLE(value, 0, sizeBytes);
  else bytes.writeUIntBE(value, 0, sizeBytes);
  return bytes;
}
