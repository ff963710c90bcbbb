import { acquisitionDefaults, layPowderUnder, specimenOf } from './acquisition-options.ts';
import { renderWindow } from './render.ts';
import { gridPixelSizeUm } from './scan-plan.ts';

/** One tile of virtual LiCoO2, 1920 x 1200 pixels with about 32 particles: what figures of speed are taken on. */
export function exampleTile(seed = 1): { widthPx: number; heightPx: number; pixels: Uint8Array } {
  const specimen = specimenOf({ ...acquisitionDefaults, folder: '', rows: 1, columns: 1 });
  const { widthPx, heightPx } = specimen.grid;
  const window = {
    centre: specimen.grid.startCentreUm,
    widthPx,
    heightPx,
    pixelSizeUm: gridPixelSizeUm(specimen.grid),
  };
  const { image } = renderWindow(layPowderUnder(specimen, seed), window, { ...specimen.imaging, seed });
  return { widthPx, heightPx, pixels: image };
}
