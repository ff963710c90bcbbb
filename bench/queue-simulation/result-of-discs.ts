import type { Mask } from '../../src/measure/mask.ts';
import { measureParticle } from '../../src/measure/measure-particle.ts';
import { outlineOf } from '../../src/measure/outline.ts';
import type { TileResult } from '../../src/segmenter/port.ts';

const TILE = { widthPx: 1920, heightPx: 1200, pixelSizeUm: 0.1, centreStageUm: { x: 0, y: 0 } };
const RADIUS_PX = 40;

/** What a worker would find on a tile of so many equal discs: about as many bytes as a real tile's result. */
export function resultOfDiscs(count: number): Omit<TileResult, 'model'> {
  const masks = Array.from({ length: count }, (_, index) =>
    disc(100 * (index % 18), 100 * Math.floor(index / 18)),
  );
  const verdict = { objectness: 0.9, confidence: 0.9, certain: true };
  return {
    particles: masks.map((mask) => measureParticle(mask, TILE, verdict)),
    outlines: masks.map((mask) => outlineOf(mask, TILE)),
    quality: {
      ...{ greyMean: 100, greyStandardDeviation: 40, greyP10: 40, greyP90: 180 },
      ...{ blackShare: 0, whiteShare: 0, saturatedShare: 0 },
      ...{ edgeBlurPx: 1, rowFlickerGrey: 1, rowJitterPx: 0 },
    },
    ...{ limitsReached: [], looks: 1, durationsMs: { read: 5, network: 200, combine: 20, measure: 20 } },
  };
}

function disc(x: number, y: number): Mask {
  const side = 2 * RADIUS_PX + 1;
  const bits = Uint8Array.from({ length: side * side }, (_, at) =>
    Math.hypot((at % side) - RADIUS_PX, Math.floor(at / side) - RADIUS_PX) <= RADIUS_PX ? 1 : 0,
  );
  return { x, y, width: side, height: side, bits };
}
