import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { judgeNewestFiles, lookAtNewestFiles } from '../../../src/doctor/checks/newest-file.ts';
import { premises } from '../../support/premises.ts';
import { writeSmallTile } from '../../support/small-tile.ts';

async function findings(folder: string) {
  const config = loadConfig(null, {}, { watch: { folder } });
  return judgeNewestFiles(await lookAtNewestFiles(config), config.watch);
}

/** The file was written so many seconds ago. */
function aged(path: string, seconds: number): string {
  const at = Date.now() / 1000 - seconds;
  utimesSync(path, at, at);
  return path;
}

describe('the newest file of the export folder', () => {
  it('is told with sample, size, magnification and model', async () => {
    const { exportFolder } = premises();
    aged(writeSmallTile(exportFolder, { label: 'old' }), 60);
    const path = writeSmallTile(exportFolder, { label: 'powder' });
    // 32 x 20 px of 2,500 nm; a display of 0.519 m shows 80 um at 6,487.5x.
    expect(await findings(exportFolder)).toEqual([
      {
        check: 'newest file',
        verdict: 'ok',
        found: `${path}: sample powder, 32 x 20 px = 80.0 x 50.0 um, 6488x, served by model low; 2 files`,
        advice: null,
      },
    ]);
  });

  it('that there is not needs one to be exported', async () => {
    const { exportFolder } = premises();
    writeFileSync(join(exportFolder, 'notes.txt'), '');
    expect(await findings(exportFolder)).toMatchObject([
      {
        verdict: 'attention',
        found: expect.stringContaining('watch.include'),
        advice: expect.stringContaining('export one image'),
      },
    ]);
  });

  it('that cannot be used is attention where one before it can, and failure where none of the newest can', async () => {
    const { exportFolder } = premises();
    const bad = join(exportFolder, 'bad.tif');
    writeFileSync(bad, 'no image at all, though long enough');
    expect(await findings(exportFolder)).toMatchObject([
      {
        verdict: 'failure',
        found: expect.stringMatching(/^of 1 file none .*bad\.tif: starts with bytes/),
      },
    ]);
    aged(writeSmallTile(exportFolder), 60);
    expect(await findings(exportFolder)).toMatchObject([
      {
        verdict: 'attention',
        found: expect.stringMatching(/bad\.tif: starts with bytes.*; before it .*sample powder/),
      },
    ]);
  });

  it('that is still being written says nothing yet', async () => {
    const { exportFolder } = premises();
    writeFileSync(join(exportFolder, 'growing.tif'), '');
    expect(await findings(exportFolder)).toMatchObject([
      { verdict: 'attention', found: 'the newest of 1 file is still being written' },
    ]);
  });

  it('may hide in folders that cannot be listed, which are named', () => {
    const { watch } = loadConfig(null, {});
    const look = { files: 0, unreadableFolders: ['/e/a', '/e/b'], recognised: null, refused: [] };
    expect(judgeNewestFiles(look, watch)[1]).toMatchObject({
      verdict: 'attention',
      found: '/e/a and 1 more: cannot be listed',
    });
  });
});
