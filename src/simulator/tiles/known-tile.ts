import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { acquisitionDefaults, layPowderUnder, specimenOf } from '../acquisition/options.ts';
import { type PresetName, presets } from '../acquisition/preset.ts';
import { renderWindow } from '../render.ts';

export const KNOWN_TILE_SIDE_PX = 256;

/** Pixels that the preset's whole field would have: as fine as several particles in a small tile allow. */
const FIELD_PX: Readonly<Record<PresetName, number>> = { licoo2: 768, high: 480 };

/** A small tile of a preset, of which a model's answer is known. The same seed gives the same pixels. */
export function knownTile(preset: PresetName, seed: number): GreyImage {
  const side = KNOWN_TILE_SIDE_PX;
  const pixelSizeUm = presets[preset].fieldWidthUm / FIELD_PX[preset];
  const order = { ...acquisitionDefaults, ...presets[preset], folder: '', rows: 1, columns: 1 };
  const fieldWidthUm = side * pixelSizeUm;
  const specimen = specimenOf({ ...order, fieldWidthUm, widthPx: side, heightPx: side });
  const window = {
    centre: specimen.grid.startCentreUm,
    widthPx: side,
    heightPx: side,
    pixelSizeUm,
  };
  const { image } = renderWindow(layPowderUnder(specimen, seed), window, { ...specimen.imaging, seed });
  return { widthPx: side, heightPx: side, pixels: image };
}
