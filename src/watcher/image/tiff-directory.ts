import { UnusableFileError } from '../../errors.ts';
import { type FileBytes, notWritten } from './file-bytes.ts';

/** One field of a directory: where its values lie in the file, and how wide each is. */
export interface Entry {
  readonly tag: number;
  readonly valueSizeBytes: number;
  readonly count: number;
  readonly offset: number;
}

/** An image file directory (IFD) by tag. */
export interface Directory {
  readonly file: FileBytes;
  readonly byteOrder: ByteOrder;
  readonly entries: ReadonlyMap<number, Entry>;
}

type ByteOrder = 'little' | 'big';

/** Real files have about 20. */
const ENTRIES_MAX = 1000;
const PAGES_MAX = 64;
const ENTRY_BYTES = 12;
const NEW_SUBFILE_TYPE = 254;
const REDUCED_RESOLUTION = 1;
/** TIFF 6.0, section 2: bytes of one value by field type, from BYTE (1) to DOUBLE (12). */
const VALUE_BYTES_BY_TYPE = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/**
 * Reads the first directory and walks the chain of the others, of which only the number counts: the first and
 * those that are not declared as a preview of another (NewSubfileType, bit 0; TIFF 6.0, section 8).
 *
 * @throws UnusableFileError `truncated` where the chain leaves the file, `not-an-image` where it is a circle
 * or a directory is absurdly long
 */
export async function readDirectories(
  file: FileBytes,
  byteOrder: ByteOrder,
): Promise<{ first: Directory; pages: number }> {
  const header = await file.read(0, 8, 'the TIFF header');
  const first = await readDirectory(file, byteOrder, uint(header, 4, 4, byteOrder));
  const visited = new Set([first.offset]);
  let previews = 0;
  let next = first.nextOffset;
  while (next !== 0 && visited.size < PAGES_MAX) {
    if (visited.has(next)) throw damaged(file.path, 'its TIFF directories point in a circle');
    visited.add(next);
    const directory = await readDirectory(file, byteOrder, next);
    if (((await firstNumber(directory, NEW_SUBFILE_TYPE)) ?? 0) & REDUCED_RESOLUTION) previews++;
    next = directory.nextOffset;
  }
  return { first, pages: visited.size - previews };
}

/** The first of a field's values; null where the field is missing. */
export async function firstNumber(directory: Directory, tag: number): Promise<number | null> {
  const entry = directory.entries.get(tag);
  if (entry === undefined || entry.count === 0) return null;
  const [value] = await readUints(directory, entry, 0, 1);
  return value ?? null;
}

async function readDirectory(
  file: FileBytes,
  byteOrder: ByteOrder,
  offset: number,
): Promise<Directory & { offset: number; nextOffset: number }> {
  const count = offset === 0 ? 0 : uint(await file.read(offset, 2, 'a TIFF directory'), 0, 2, byteOrder);
  if (count === 0) {
    // Writers fill in the directory last, so that it reads as zeros until then.
    throw notWritten(file.path, `has no TIFF directory at byte ${offset}`);
  }
  if (count > ENTRIES_MAX) {
    throw damaged(file.path, `a TIFF directory has ${count} entries, at most ${ENTRIES_MAX} are read`);
  }
  const bytes = await file.read(offset + 2, count * ENTRY_BYTES + 4, 'a TIFF directory');
  const entries = new Map<number, Entry>();
  for (let index = 0; index < count; index++) {
    const entry = entryAt(bytes, index * ENTRY_BYTES, offset + 2, byteOrder);
    entries.set(entry.tag, entry);
  }
  return { file, byteOrder, entries, offset, nextOffset: uint(bytes, count * ENTRY_BYTES, 4, byteOrder) };
}

function entryAt(bytes: Buffer, at: number, fileOffset: number, byteOrder: ByteOrder): Entry {
  const type = uint(bytes, at + 2, 2, byteOrder);
  // Readers skip field types they do not know (TIFF 6.0, section 2).
  const valueSizeBytes = VALUE_BYTES_BY_TYPE[type] ?? 0;
  const count = uint(bytes, at + 4, 4, byteOrder);
  const isInline = valueSizeBytes * count <= 4;
  return {
    tag: uint(bytes, at, 2, byteOrder),
    valueSizeBytes,
    count: valueSizeBytes === 0 ? 0 : count,
    offset: isInline ? fileOffset + at + 8 : uint(bytes, at + 8, 4, byteOrder),
  };
}

/** Values `start` to `start + count` of a field of unsigned whole numbers. */
export async function readUints(
  directory: Directory,
  entry: Entry,
  start: number,
  count: number,
): Promise<number[]> {
  const size = entry.valueSizeBytes;
  if (size > 4) throw damaged(directory.file.path, `TIFF tag ${entry.tag} is no whole number`);
  const bytes = await directory.file.read(entry.offset + start * size, count * size, `TIFF tag ${entry.tag}`);
  return Array.from({ length: count }, (_, index) => uint(bytes, index * size, size, directory.byteOrder));
}

/** A field of text, up to its first NUL. @throws UnusableFileError `truncated` while it reads as zeros */
export async function readText(directory: Directory, entry: Entry): Promise<string> {
  if (entry.valueSizeBytes !== 1) {
    throw damaged(directory.file.path, `TIFF tag ${entry.tag} is no text`);
  }
  const bytes = await directory.file.read(entry.offset, entry.count, `TIFF tag ${entry.tag}`);
  const end = bytes.indexOf(0);
  if (end === 0 && bytes.length > 1) {
    throw notWritten(directory.file.path, `holds zeros as TIFF tag ${entry.tag}`);
  }
  return bytes.toString('utf8', 0, end === -1 ? bytes.length : end);
}

function uint(bytes: Buffer, at: number, sizeBytes: number, byteOrder: ByteOrder): number {
  return byteOrder === 'little' ? bytes.readUIntLE(at, sizeBytes) : bytes.readUIntBE(at, sizeBytes);
}

function damaged(path: string, what: string): UnusableFileError {
  return new UnusableFileError(path, 'not-an-image', `${what}; the file is damaged: export it again`);
}
