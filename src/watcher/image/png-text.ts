import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { messageOf, UnusableFileError } from '../../errors.ts';
import type { FileBytes } from './file-bytes.ts';
import { METADATA_MAX_BYTES, requireSaneMetadata } from './image-limits.ts';
import type { Chunk } from './png-chunk.ts';

const inflateBounded = promisify(inflate);

/**
 * The text of a tEXt, zTXt or iTXt chunk with the given keyword, null for any other chunk
 * (PNG, 3rd edition, section 11.3.3).
 *
 * @throws UnusableFileError `bad-metadata` for text over 128 KiB, also inflated, or beyond inflating
 */
export async function readPngText(file: FileBytes, chunk: Chunk, keyword: string): Promise<string | null> {
  if (chunk.type !== 'tEXt' && chunk.type !== 'zTXt' && chunk.type !== 'iTXt') return null;
  const key = Buffer.from(`${keyword}\0`, 'latin1');
  if (chunk.lengthBytes < key.length) return null;
  const start = await file.read(chunk.offset, key.length, 'a PNG keyword');
  if (!start.equals(key)) return null;
  requireSaneMetadata(file.path, chunk.lengthBytes);
  const bytes = await file.read(chunk.offset + key.length, chunk.lengthBytes - key.length, 'the metadata');
  if (chunk.type === 'tEXt') return textOf(bytes);
  // One byte names the compression method, of which there is only deflate.
  if (chunk.type === 'zTXt') return textOf(await inflated(file.path, bytes.subarray(1)));
  const isCompressed = bytes[0] === 1;
  const language = bytes.indexOf(0, 2);
  const translated = bytes.indexOf(0, language + 1);
  const text = bytes.subarray(translated + 1);
  return textOf(isCompressed ? await inflated(file.path, text) : text);
}

async function inflated(path: string, bytes: Buffer): Promise<Buffer> {
  try {
    return await inflateBounded(bytes, { maxOutputLength: METADATA_MAX_BYTES });
  } catch (error) {
    throw new UnusableFileError(
      path,
      'bad-metadata',
      `cannot inflate the PNG text 34683 within ${METADATA_MAX_BYTES} bytes: ${messageOf(error)}; ` +
        'export it from the microscope again',
    );
  }
}

/** PNG says Latin-1 for tEXt and zTXt, but the document inside declares UTF-8. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8');
}
