import { UnusableFileError } from '../../errors.ts';
import { notWritten, requireInside } from './file-bytes.ts';
import { type Directory, type Entry, readUints } from './tiff-directory.ts';

// TIFF 6.0, sections 8 and 15: pixels lie in strips or in tiles, each with an offset and a length.
const STRIP_OFFSETS = 273;
const STRIP_BYTE_COUNTS = 279;
const TILE_OFFSETS = 324;
const TILE_BYTE_COUNTS = 325;

/** One strip a row at 65,535 rows, or 16 x 16 px tiles at 64 Mpx, stay below. */
const STRIPS_MAX = 1_000_000;
/** Entries held at once, so that memory does not grow with their number. */
const STRIPS_PER_READ = 8192;

/**
 * Judges whether every strip or tile of pixels lies inside the file.
 *
 * @throws UnusableFileError `truncated` where one does not, `too-large` for over a million of them
 */
export async function requireStripsInside(directory: Directory): Promise<void> {
  const { entries, file } = directory;
  const offsets = entries.get(STRIP_OFFSETS) ?? entries.get(TILE_OFFSETS);
  const byteCounts = entries.get(STRIP_BYTE_COUNTS) ?? entries.get(TILE_BYTE_COUNTS);
  if (offsets === undefined || byteCounts === undefined || offsets.count !== byteCounts.count) {
    throw notWritten(
      file.path,
      `says of ${offsets?.count ?? 0} strips where they lie, of ` +
        `${byteCounts?.count ?? 0} how long they are`,
    );
  }
  if (offsets.count > STRIPS_MAX) {
    throw new UnusableFileError(
      file.path,
      'too-large',
      `has its pixels in ${offsets.count} strips, at most ${STRIPS_MAX} are read; export it again`,
    );
  }
  for (let start = 0; start < offsets.count; start += STRIPS_PER_READ) {
    const count = Math.min(STRIPS_PER_READ, offsets.count - start);
    await requireStretchInside(directory, offsets, byteCounts, start, count);
  }
}

async function requireStretchInside(
  directory: Directory,
  offsets: Entry,
  byteCounts: Entry,
  start: number,
  count: number,
): Promise<void> {
  const { path, sizeBytes } = directory.file;
  const starts = await readUints(directory, offsets, start, count);
  const lengths = await readUints(directory, byteCounts, start, count);
  for (const [index, offset] of starts.entries()) {
    // Byte 0 is the file's own header: the writer has not placed this strip yet.
    if (offset === 0) throw notWritten(path, `has no strip ${start + index}`);
    requireInside(path, sizeBytes, offset, lengths[index] ?? 0, `strip ${start + index} of its pixels`);
  }
}
