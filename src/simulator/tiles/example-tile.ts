import type { StagePositionUm } from '../../units.ts';
import { acquisitionDefaults, layPowderUnder, specimenOf } from '../acquisition/options.ts';
import { type PresetName, presets } from '../acquisition/preset.ts';
import { gridPixelSizeUm } from '../acquisition/scan-plan.ts';
import { renderWindow } from '../render.ts';

/** One tile with what is needed to measure it. */
export interface ExampleTile {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: Uint8Array;
  readonly pixelSizeUm: number;
  readonly fieldWidthUm: number;
  readonly centreStageUm: StagePositionUm;
}

/**
 * One tile of a preset; of LiCoO2 by default, 1920 x 1200 pixels with about 32 particles, on which figures of speed are
 * taken. The same seed gives the same pixels.
 */
export function exampleTile(preset: PresetName = 'licoo2', seed = 1): ExampleTile {
  const order = { ...acquisitionDefaults, ...presets[preset], folder: '', rows: 1, columns: 1 };
  const specimen = specimenOf(order);
  const { widthPx, heightPx, fieldWidthUm, startCentreUm: centre } = specimen.grid;
  const pixelSizeUm = gridPixelSizeUm(specimen.grid);
  const window = { centre, widthPx, heightPx, pixelSizeUm };
  const { image } = renderWindow(layPowderUnder(specimen, seed), window, { ...specimen.imaging, seed });
  return { widthPx, heightPx, pixels: image, pixelSizeUm, fieldWidthUm, centreStageUm: centre };
}
