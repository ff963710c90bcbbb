import { lstat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { UnusableFileError } from '../errors.ts';
import { type FileBytes, withFileBytes } from './image/file-bytes.ts';
import { decodedText } from './metadata/decoded-text.ts';
import { badSidecar, parseSidecar, type Sidecar } from './metadata/stated-size.ts';

/** Some hundred bytes are written. */
const SIDECAR_MAX_BYTES = 16 * 1024;
/** Hitachi and JEOL write 2 to 5 KiB. */
const TEXT_MAX_BYTES = 128 * 1024;

/** A text that the microscope laid beside the image. */
export interface TextBeside {
  readonly name: string;
  readonly text: string;
}

/**
 * What is stated of an image in `<image>.json`, as `tile.tif.json`; null where there is none.
 * @throws UnusableFileError `bad-sidecar` for one that cannot be read or understood
 */
export async function readSidecar(path: string, within?: string): Promise<Sidecar | null> {
  const name = `${basename(path)}.json`;
  const bytes = await bytesOf(`${path}.json`, SIDECAR_MAX_BYTES, within).catch((error: unknown) => {
    if (!(error instanceof UnusableFileError)) throw error;
    throw badSidecar(path, name, error.message.slice(error.path.length + 2));
  });
  if (bytes === null) return null;
  if (bytes === 'too-large') throw badSidecar(path, name, `has over ${SIDECAR_MAX_BYTES} bytes`);
  return parseSidecar(decodedText(bytes), path, name);
}

/** The text of the image's name with `.txt` for its ending, as Hitachi and JEOL leave it; null where there is none. */
export async function readTextBeside(path: string, within?: string): Promise<TextBeside | null> {
  const stem = path.slice(0, path.length - extname(path).length);
  for (const ending of ['.txt', '.TXT', '.Txt']) {
    // What cannot be read now is looked for again when the image is, which has no size then.
    const bytes = await bytesOf(stem + ending, TEXT_MAX_BYTES, within).catch(() => null);
    if (bytes === 'too-large') return null;
    if (bytes !== null) return { name: basename(stem + ending), text: decodedText(bytes) };
  }
  return null;
}

async function bytesOf(
  path: string,
  bytesMax: number,
  within: string | undefined,
): Promise<Buffer | null | 'too-large'> {
  if (await isMissing(path)) return null;
  const read = (file: FileBytes) => file.read(0, file.sizeBytes, 'the file');
  return withFileBytes(path, async (file) => (file.sizeBytes > bytesMax ? 'too-large' : read(file)), within);
}

/** Anything else that a look gives is told when the file is read. */
async function isMissing(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG';
  }
}
