import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { UnusableFileError } from '../../src/errors.ts';

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

export interface FeiParts {
  label?: string;
  displayWidth?: string;
  pixelWidth?: string;
  pixelHeight?: string;
  databarHeight?: string;
  position?: string;
  more?: string;
}

/** A FeiImage document as short as a Phenom's may be: 10 nm pixels at stage (3.5 um, 31.5 um). */
export function feiXml(parts: FeiParts = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<FeiImage xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  ${parts.databarHeight ?? '<databarHeight>0</databarHeight>'}
  <databarLabel>${parts.label ?? 'powder A'}</databarLabel>
  ${parts.displayWidth ?? '<displayWidth>0</displayWidth>'}
  ${parts.pixelWidth ?? '<pixelWidth unit="nm">10</pixelWidth>'}
  ${parts.pixelHeight ?? '<pixelHeight unit="nm">10</pixelHeight>'}
  ${parts.position ?? '<samplePosition><x>3.5e-06</x><y>31.5e-06</y></samplePosition>'}
  ${parts.more ?? ''}
</FeiImage>
`;
}
