import { execFileSync } from 'node:child_process';
import { link, mkdir, rename, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withFileBytes } from '../../src/watcher/image/file-bytes.ts';
import { readWhole } from '../../src/watcher/image/pixels.ts';
import { readTile } from '../../src/watcher/read-tile.ts';
import { feiXml, temporaryFolder, written } from './fixtures.ts';
import { buildTiff } from './tiff-builder.ts';

const folder = temporaryFolder();
const { bytes } = buildTiff({ xml: feiXml() });
const read = (path: string, within: string) => readTile(path, { displayWidthDefaultM: 0.5, within });

describe('a file that was seen in the export folder', () => {
  it('is not read where a link has taken its place, or that of its folder', async () => {
    const outside = folder();
    const secret = await written(outside, 'tile.tif', bytes);
    const within = folder();
    await mkdir(join(within, 'a'));
    const path = await written(join(within, 'a'), 'tile.tif', bytes);
    await read(path, within);
    await rename(path, join(within, 'away.tif'));
    await symlink(secret, path);
    await expect(read(path, within)).rejects.toThrow(/symbolic link inside the export folder/);
    await rename(join(within, 'a'), join(within, 'b'));
    await symlink(outside, join(within, 'a'));
    await expect(read(path, within)).rejects.toThrow(/symbolic link inside the export folder/);
  });

  it('is read to its end as the file that was opened, whatever takes its place meanwhile', async () => {
    const secret = await written(folder(), 'secret.tif', Buffer.alloc(bytes.length));
    const within = folder();
    const path = await written(within, 'tile.tif', bytes);
    const seen = await withFileBytes(
      path,
      async (file) => {
        await rename(path, join(within, 'away.tif'));
        await symlink(secret, path);
        return file.read(0, file.sizeBytes, 'the file');
      },
      within,
    );
    expect(seen.equals(bytes)).toBe(true);
    await expect(readWhole(path, within)).rejects.toMatchObject({ code: 'unreadable', mayRecover: false });
  });

  it('is no named pipe, which would be waited for, and no file of over 256 MiB', async () => {
    const within = folder();
    const pipe = join(within, 'pipe.tif');
    execFileSync('mkfifo', [pipe]);
    await expect(read(pipe, within)).rejects.toThrow(/no regular file/);
    const sparse = await written(within, 'sparse.tif', bytes);
    await truncate(sparse, 20e9);
    await expect(read(sparse, within)).rejects.toMatchObject({ code: 'too-large', mayRecover: false });
  });

  it('is read as a hard link, and where the export folder itself is a link', async () => {
    const within = folder();
    await link(await written(folder(), 'tile.tif', bytes), join(within, 'hard.tif'));
    const linked = join(folder(), 'export');
    await symlink(within, linked);
    await read(join(linked, 'hard.tif'), linked);
    await read(join(within, 'hard.tif'), within);
  });
});
