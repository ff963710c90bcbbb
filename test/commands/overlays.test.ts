import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it, onTestFinished, vi } from 'vitest';
import { overlays } from '../../src/commands/overlays.ts';
import { UNCERTAIN_RGB } from '../../src/report/outline-colours.ts';
import { writeOverlay } from '../../src/report/overlay.ts';
import { overlayPath, sampleFolder } from '../../src/report/sample/sample-files.ts';
import { readPixels } from '../../src/watcher/image/pixels.ts';
import { premises } from '../support/premises.ts';
import { writeSmallGrid } from '../support/small-tile.ts';
import { walkOn } from '../support/walk.ts';

const square = {
  mask: { x: 4, y: 5, width: 6, height: 6, bits: new Uint8Array(36).fill(1) },
  certain: false,
};

it('writes each tile of a sample with its outlines, and says which tile is gone', async () => {
  const place = premises();
  const { take, store, parts } = await walkOn(place, { settings: { grid: { rows: 1, columns: 2 } } });
  await take(...writeSmallGrid(place.exportFolder, 1, 2));
  const [run] = store.runs.all();
  const tiles = store.tiles.ofRun(run!.id);
  const kept = sampleFolder(place.reportFolder, 'powder', run!.name);
  for (const { file } of tiles) {
    const image = await readPixels(file.path, 0);
    await writeOverlay(overlayPath(kept, file.path, file.contentHash), image, [square], 'outlines');
  }
  // The second file is another tile now.
  writeSmallGrid(place.exportFolder, 1, 2, { take: 3 });
  writeSmallGrid(place.exportFolder, 1, 1);

  const told = vi.spyOn(console, 'log').mockImplementation(() => {});
  const failed = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => {
    vi.restoreAllMocks();
    process.exitCode = 0;
  });
  const out = join(place.folder, 'out');
  await overlays(parts.config, 'powder', { out });

  const [name, ...others] = readdirSync(out);
  expect(others).toEqual([]);
  expect(told.mock.calls).toEqual([[join(out, name!)]]);
  expect(failed.mock.calls.join()).toMatch(/powder_r0_c1\.tiff: not drawn .*holds another tile/);
  expect(process.exitCode).toBe(1);
  const { data, info } = await sharp(readFileSync(join(out, name!)))
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: 32, height: 20, channels: 3 });
  expect([...data.subarray((5 * 32 + 4) * 3, (5 * 32 + 4) * 3 + 3)]).toEqual([...UNCERTAIN_RGB]);
  // Where no line is, the tile as it is: (i * 7) % 251.
  expect(data[5 * 3]).toBe(35);
});
