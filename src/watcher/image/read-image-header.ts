import { UnusableFileError } from '../../errors.ts';
import { BMP_SIGNATURE, readBmpHeader } from './bmp-header.ts';
import { type FileBytes, withFileBytes } from './file-bytes.ts';
import type { ImageHeader } from './image-header.ts';
import { JPEG_SIGNATURE, readJpegHeader } from './jpeg-header.ts';
import { PNG_SIGNATURE } from './png-chunk.ts';
import { readPngHeader } from './png-header.ts';
import { readTiffHeader, TIFF_BIG_ENDIAN, TIFF_LITTLE_ENDIAN } from './tiff-header.ts';

/**
 * Reads the headers of a TIFF, PNG, JPEG or BMP file, known by their first bytes, in bounded memory and time.
 * No pixel is read, but every pixel must lie inside the file.
 *
 * @throws UnusableFileError `empty`, `not-an-image`, `truncated`, `too-large`, `bad-metadata` (metadata over
 * 128 KiB or beyond inflating) or `unreadable`
 */
export async function readImageHeader(path: string): Promise<ImageHeader> {
  return withFileBytes(path, headerOf);
}

/** The same of a file that is open or in memory. */
export async function headerOf(file: FileBytes): Promise<ImageHeader> {
  if (file.sizeBytes === 0) {
    throw new UnusableFileError(file.path, 'empty', 'is empty; it is not written yet or damaged', true);
  }
  const magic = await file.read(0, Math.min(8, file.sizeBytes), 'the signature');
  if (startsLike(magic, PNG_SIGNATURE)) return readPngHeader(file);
  if (startsLike(magic, TIFF_LITTLE_ENDIAN)) return readTiffHeader(file, 'little');
  if (startsLike(magic, TIFF_BIG_ENDIAN)) return readTiffHeader(file, 'big');
  if (startsLike(magic, JPEG_SIGNATURE)) return readJpegHeader(file);
  if (startsLike(magic, BMP_SIGNATURE)) return readBmpHeader(file);
  throw notAnImage(file, magic);
}

/** A file shorter than its signature matches by what is there, and is then found truncated. */
function startsLike(magic: Buffer, signature: Buffer): boolean {
  const length = Math.min(magic.length, signature.length);
  return magic.subarray(0, length).equals(signature.subarray(0, length));
}

function notAnImage(file: FileBytes, magic: Buffer): UnusableFileError {
  // Samba allocates the whole size, read as zeros, before the first byte arrives.
  const isZeros = magic.every((byte) => byte === 0);
  const reason = isZeros
    ? 'starts with zeros; its contents have not arrived yet'
    : `starts with bytes ${magic.toString('hex')}, none of a classic TIFF, a PNG, a JPEG or a BMP; ` +
      'export TIFF or PNG, or exclude the file by a pattern';
  return new UnusableFileError(file.path, 'not-an-image', reason, isZeros);
}
