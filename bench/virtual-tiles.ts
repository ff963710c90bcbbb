import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { acquisitionDefaults, layPowderUnder, specimenOf } from '../src/simulator/acquisition/options.ts';
import { phenomTiff } from '../src/simulator/acquisition/phenom-file.ts';
import { gridPixelSizeUm, planScan } from '../src/simulator/acquisition/scan-plan.ts';
import { renderWindow } from '../src/simulator/render.ts';

/**
 * Writes a grid of virtual LiCoO2 tiles of 1920 x 1200 pixels. Only `rendered` of them are rendered; the rest
 * repeat their pixels at other stage positions, since rendering is not what is measured. In a process of its own,
 * whose memory is not measured either.
 */
export function writeTiles(folder: string, rows: number, columns: number, rendered: number): string[] {
  const words = [fileURLToPath(import.meta.url), folder, ...[rows, columns, rendered].map(String)];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' }));
}

function render(folder: string, rows: number, columns: number, rendered: number): string[] {
  mkdirSync(folder, { recursive: true });
  const order = { ...acquisitionDefaults, folder, rows: 1, columns: rendered };
  const specimen = specimenOf(order);
  const { grid } = specimen;
  const powder = layPowderUnder(specimen, order.seed);
  const pixelSizeUm = gridPixelSizeUm(grid);
  const images = planScan(grid).map((tile) => {
    const window = { centre: tile.centreUm, widthPx: grid.widthPx, heightPx: grid.heightPx, pixelSizeUm };
    return renderWindow(powder, window, { ...order.imaging, seed: tile.column }).image;
  });
  return planScan({ ...grid, rows, columns }).map((tile, index) => {
    const { widthPx, heightPx } = grid;
    const path = join(folder, `tile_${String(index).padStart(3, '0')}.tiff`);
    const facts = {
      pixelSizeNm: pixelSizeUm * 1000,
      stagePositionUm: tile.centreUm,
      sampleLabel: 'bench',
      instrumentId: 'SIM-0001',
      acquiredAt: '2026-01-01T00:00:00',
    };
    writeFileSync(path, phenomTiff({ widthPx, heightPx, pixels: images[index % rendered]! }, facts));
    return path;
  });
}

if (import.meta.main) {
  const [folder = '', rows, columns, rendered] = process.argv.slice(2);
  console.log(JSON.stringify(render(folder, Number(rows), Number(columns), Number(rendered))));
}
