import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { UnusableFileError } from '../../src/errors.ts';

export { type FeiParts, feiXml } from './fei-xml.ts';

/** A fresh folder for each test of a file; the function gives its path. */
export function temporaryFolder(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'particled-watcher-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  return () => folder;
}

export async function written(folder: string, name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** The UnusableFileError that `work` ends in; any other end fails the test. */
export async function refusalOf(work: () => unknown): Promise<UnusableFileError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof UnusableFileError) return error;
    throw error;
  }
  throw new Error('expected an UnusableFileError, but nothing was thrown');
}
