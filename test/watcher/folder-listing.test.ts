import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listFolder } from '../../src/watcher/folder-listing.ts';
import { createPathFilter } from '../../src/watcher/path-filter.ts';
import { premises } from '../support/premises.ts';

const filter = createPathFilter({
  include: ['**/*.tif'],
  exclude: ['**/*inv.tif'],
  excludeFolders: ['#recycle'],
});

/** A listing of files that are there as `[folder]/name`. */
async function listed(...paths: string[]) {
  const { exportFolder } = premises();
  for (const path of paths) {
    mkdirSync(join(exportFolder, path, '..'), { recursive: true });
    writeFileSync(join(exportFolder, path), 'x');
  }
  const listing = await listFolder(exportFolder, filter);
  onTestFinished(() => listing.close());
  const pages = (size: number) =>
    [...listing.pages(size)].map(({ folder, paths }) => [
      relative(exportFolder, folder),
      ...paths.map((path) => relative(exportFolder, path)),
    ]);
  return { exportFolder, listing, pages };
}

describe('the listing of a folder of any size', () => {
  it('gives its files folder by folder in natural order, a few at a time', async () => {
    const { listing, pages } = await listed(
      's10/a.tif',
      's2/t10.tif',
      's2/t9.tif',
      's2/t1.tif',
      'z.tif',
      's2/in/a.tif',
    );
    expect(listing.count).toBe(6);
    expect(pages(2)).toEqual([
      ['', 'z.tif'],
      ['s2', 's2/t1.tif', 's2/t9.tif'],
      ['s2', 's2/t10.tif'],
      ['s2/in', 's2/in/a.tif'],
      ['s10', 's10/a.tif'],
    ]);
  });

  it('leaves out what is no tile, and what lies in folders to be skipped', async () => {
    const { listing, pages } = await listed('a.tif', 'a_inv.tif', 'a.txt', '#recycle/b.tif');
    expect(listing.count).toBe(1);
    expect(pages(10)).toEqual([['', 'a.tif']]);
  });

  it('does not follow links, and counts a file again once it is listed again', async () => {
    const { exportFolder, listing } = await listed('a/a.tif');
    symlinkSync(join(exportFolder, 'a'), join(exportFolder, 'b'));
    symlinkSync(join(exportFolder, 'a', 'a.tif'), join(exportFolder, 'c.tif'));
    writeFileSync(join(exportFolder, 'd.tif'), 'x');
    expect(listing.count).toBe(1);
    const again = await listFolder(exportFolder, filter);
    expect(again.count).toBe(2);
    again.close();
  });

  it('names files that no program can open', async () => {
    const { exportFolder } = await listed('a.tif');
    writeFileSync(Buffer.from(join(exportFolder, '800\u00b0C.tif'), 'latin1'), 'x');
    const again = await listFolder(exportFolder, filter);
    expect([again.count, again.misnamed]).toEqual([1, [join(exportFolder, '800\uFFFDC.tif')]]);
    again.close();
  });

  it('fails where there is no folder', async () => {
    const { folder } = premises();
    await expect(listFolder(join(folder, 'nowhere'), filter)).rejects.toThrow('ENOENT');
  });
});
