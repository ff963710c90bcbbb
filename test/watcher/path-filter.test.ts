import { describe, expect, it } from 'vitest';
import { createPathFilter } from '../../src/watcher/path-filter.ts';

describe('the path filter', () => {
  const filter = createPathFilter({
    include: ['**/*.tif', '**/*.{tiff,PNG}'],
    exclude: ['**/*inv.*', 'archive/**'],
    excludeFolders: ['#recycle', '.*', '*_files/[0-9]*'],
  });

  for (const path of ['a.tif', 'sample 1/x_1_y_2.TIF', 'a/b/c.tiff', 'a.png', 'archived/a.tif']) {
    it(`accepts ${path}`, () => expect(filter.accepts(path)).toBe(true));
  }

  for (const path of ['a.txt', 'a.tif.part', 'tile inv.tif', 'a/tile_inv.TIFF', 'archive/a.tif', '.a.tif']) {
    it(`does not accept ${path}`, () => expect(filter.accepts(path)).toBe(false));
  }

  it('minds the case of all but the extension', () => {
    const strict = createPathFilter({ include: ['Grid/*.tif'], exclude: [], excludeFolders: [] });
    expect(strict.accepts('Grid/a.Tif')).toBe(true);
    expect(strict.accepts('grid/a.tif')).toBe(false);
  });

  it('skips folders of which everything is excluded', () => {
    expect(filter.skipsFolder('archive')).toBe(true);
    expect(filter.skipsFolder('archive/2023')).toBe(false);
    expect(filter.skipsFolder('sample 1')).toBe(false);
  });

  for (const folder of ['#recycle', 'sample/#RECYCLE', '.zfs', 'a/.Trash-1000', 'DZI/image_files/12']) {
    it(`skips the folder ${folder} wherever it lies`, () => expect(filter.skipsFolder(folder)).toBe(true));
  }

  for (const folder of ['my_files', 'my_files/powder', 'recycle', 'sample.2']) {
    it(`does not skip the folder ${folder}`, () => expect(filter.skipsFolder(folder)).toBe(false));
  }
});
