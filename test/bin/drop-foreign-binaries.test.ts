import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dropForeignBinaries } from '../../bin/drop-foreign-binaries.mjs';
import { premises } from '../support/premises.ts';

/** Folders as onnxruntime-node has them, a library of 10 bytes in each. */
function runtimeFor(...systems: readonly string[]): string {
  const { folder } = premises();
  for (const system of systems) {
    mkdirSync(join(folder, 'bin/napi-v6', system), { recursive: true });
    writeFileSync(join(folder, 'bin/napi-v6', system, 'library'), '0123456789');
  }
  return folder;
}

const librariesIn = (folder: string): string[] => globSync('bin/*/*/*/library', { cwd: folder }).sort();

describe('libraries of other systems', () => {
  it('go, and are named with their size', () => {
    const runtime = runtimeFor('linux/x64', 'linux/arm64', 'win32/x64');
    expect(dropForeignBinaries(runtime, 'linux', 'x64')).toEqual([
      { name: 'linux/arm64', bytes: 10 },
      { name: 'win32/x64', bytes: 10 },
    ]);
    expect(librariesIn(runtime)).toEqual(['bin/napi-v6/linux/x64/library']);
  });

  it('stay where none is for this system', () => {
    const runtime = runtimeFor('linux/arm64', 'win32/x64');
    expect(dropForeignBinaries(runtime, 'linux', 'x64')).toEqual([]);
    expect(librariesIn(runtime)).toHaveLength(2);
  });

  it('are dropped once', () => {
    const runtime = runtimeFor('linux/x64', 'win32/x64');
    dropForeignBinaries(runtime, 'linux', 'x64');
    expect(dropForeignBinaries(runtime, 'linux', 'x64')).toEqual([]);
  });
});
