/**
 * What the zoomable picture of a whole grid costs: time, peak memory of its process, bytes and files, beside the bytes of its
 * tiles. The grid is of 12 x 24 tiles of 1920 x 1200, of which a few are rendered and repeated.
 *
 *     node bench/pyramid.ts                 a virtual grid
 *     node bench/pyramid.ts FOLDER          a folder that bench/virtual-tiles.ts has written
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pyramidPlan } from '../src/dashboard/pyramid/plan.ts';
import { writePyramid } from '../src/dashboard/pyramid/pyramid-files.ts';
import type { PlacedTile } from '../src/report/sample/placed-tiles.ts';
import { contentHashOf } from '../src/watcher/content-hash.ts';
import { writeTiles } from './virtual-tiles.ts';

const GRID = { rows: 12, columns: 24 };

const work = mkdtempSync(join(tmpdir(), 'particled-pyramid-'));
try {
  const [given] = process.argv.slice(2);
  const exportFolder = given ?? join(work, 'export');
  if (given === undefined) writeTiles(exportFolder, GRID.rows, GRID.columns, 6);
  const names = readdirSync(exportFolder).sort();
  const tiles: PlacedTile[] = [];
  for (const [index, name] of names.entries()) {
    const path = join(exportFolder, name);
    tiles.push({
      ...{ path, contentHash: await contentHashOf(path), overlayPath: '', databarHeightPx: 0 },
      ...{ row: Math.floor(index / GRID.columns), column: index % GRID.columns, state: 'segmented' },
      ...{ turns: 0, sizePx: { width: 1920, height: 1200 }, pixelSizeUm: 0.05 },
    });
  }
  const folder = join(work, 'run');
  mkdirSync(folder);
  const plan = pyramidPlan(tiles, GRID)!;
  const before = { at: performance.now(), processor: process.cpuUsage() };
  await writePyramid(folder, plan, 1, exportFolder);
  const { user, system } = process.cpuUsage(before.processor);
  const pictures = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  );
  const bytes = pictures.reduce(
    (sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size,
    0,
  );
  const exported = names.reduce((sum, name) => sum + statSync(join(exportFolder, name)).size, 0);
  console.log(`${tiles.length} tiles, ${cpus().length} cores of ${cpus()[0]?.model}`);
  console.log(`seconds                ${((performance.now() - before.at) / 1000).toFixed(1)}`);
  console.log(`processor seconds      ${((user + system) / 1e6).toFixed(1)}`);
  console.log(`peak memory, MB        ${Math.round(process.resourceUsage().maxRSS / 1000)}`);
  console.log(`pictures               ${pictures.length - 1}`);
  console.log(`MB                     ${(bytes / 1e6).toFixed(1)}`);
  console.log(`of the tiles           ${(bytes / exported).toFixed(3)}`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
