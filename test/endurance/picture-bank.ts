import { acquisitionDefaults, layPowderUnder, specimenOf } from '../../src/simulator/acquisition/options.ts';
import { type PhenomImage, phenomTiff } from '../../src/simulator/acquisition/phenom-file.ts';
import { gridPixelSizeUm, planScan } from '../../src/simulator/acquisition/scan-plan.ts';
import { renderWindow } from '../../src/simulator/render.ts';
import { strip } from '../support/tiles.ts';

/** Where a tile is said to lie, and of what. */
export interface TilePlace {
  readonly label: string;
  readonly row: number;
  readonly column: number;
  /** Of one grey value, as with the beam off. */
  readonly isFlat?: boolean;
}

const { widthPx, heightPx } = strip;
const fieldUm = { width: strip.fieldWidthUm, height: (strip.fieldWidthUm * heightPx) / widthPx };

/**
 * Rendered once and written again and again under other labels and places: rendering is not what is tried, and the file
 * of another place is another content.
 */
export function pictureBank(pictures: number, seed: number): (place: TilePlace) => Buffer {
  const specimen = specimenOf({
    ...acquisitionDefaults,
    ...strip,
    folder: '',
    rows: 1,
    columns: pictures,
    seed,
  });
  const { grid } = specimen;
  const powder = layPowderUnder(specimen, seed);
  const pixelSizeUm = gridPixelSizeUm(grid);
  const images = planScan(grid).map(({ centreUm, column }) => {
    const window = { centre: centreUm, widthPx, heightPx, pixelSizeUm };
    return renderWindow(powder, window, { ...acquisitionDefaults.imaging, seed: column }).image;
  });
  const flat = new Uint8Array(widthPx * heightPx);
  return ({ label, row, column, isFlat = false }) => {
    const pixels = isFlat ? flat : images[(row * 7 + column) % pictures]!;
    const image: PhenomImage = { widthPx, heightPx, pixels };
    return phenomTiff(image, {
      pixelSizeNm: pixelSizeUm * 1000,
      stagePositionUm: { x: column * fieldUm.width, y: -row * fieldUm.height },
      sampleLabel: label,
      ...{ instrumentId: 'SIM-0001', acquiredAt: '2026-01-02T03:04:05' },
    });
  };
}
