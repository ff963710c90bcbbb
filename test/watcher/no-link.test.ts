import { link, mkdir, rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
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

  it('is read as a hard link, and where the export folder itself is a link', async () => {
    const within = folder();
    await link(await written(folder(), 'tile.tif', bytes), join(within, 'hard.tif'));
    const linked = join(folder(), 'export');
    await symlink(within, linked);
    await read(join(linked, 'hard.tif'), linked);
    await read(join(within, 'hard.tif'), within);
  });
});
