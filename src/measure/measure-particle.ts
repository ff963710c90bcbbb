import { outOfScanFrame } from '../grid/scan-frame.ts';
import type { StagePositionUm } from '../units.ts';
import { borderCuts } from './border-cuts.ts';
import { convexHullOf, polygonAreaPx2 } from './convex-hull.ts';
import { feretOf } from './feret.ts';
import type { Mask } from './mask.ts';
import type { Particle } from './particle.ts';
import { perimeterPx } from './perimeter.ts';
import { type Silhouette, silhouetteOf } from './silhouette.ts';

/** What turns a tile's pixels into micrometres. */
export interface TileGeometry {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Side of one square pixel. */
  readonly pixelSizeUm: number;
  /** Where the centre of the image lies on the stage. */
  readonly centreStageUm: StagePositionUm | null;
  /** Of the scan, which turns the image; 0 where left out. */
  readonly scanRotationRad?: number;
}

/** What the network says of the particle. */
export interface ParticleVerdict {
  readonly objectness: number;
  readonly confidence: number;
  readonly certain: boolean;
}

/**
 * Measures all pixels of the mask as one particle; docs/measurement.md gives every formula and its source.
 * Throws a RangeError when the mask is empty or reaches outside the tile, or the pixel size is not positive.
 */
export function measureParticle(mask: Mask, tile: TileGeometry, verdict: ParticleVerdict): Particle {
  const { pixelSizeUm } = tile;
  if (!(pixelSizeUm > 0 && Number.isFinite(pixelSizeUm))) {
    throw new RangeError(`pixel size is ${pixelSizeUm} um, expected a positive number`);
  }
  const silhouette = silhouetteOf(mask);
  const boxPx = boxInTile(mask, silhouette, tile);
  const cutsPx = borderCuts(mask, tile);
  const hull = convexHullOf(silhouette.columnFirst, silhouette.columnLast);
  const feretPx = feretOf(hull);
  const outlinePx = perimeterPx(mask);
  const centroidPx = { x: mask.x + silhouette.centroid.x, y: mask.y + silhouette.centroid.y };
  // ISO 13322-1: area by complete pixel count.
  const areaUm2 = silhouette.areaPx * pixelSizeUm ** 2;

  return {
    areaUm2,
    diameterEquivalentUm: diameterEquivalent(areaUm2),
    diameterFeretMinUm: feretPx.min * pixelSizeUm,
    diameterFeretMaxUm: feretPx.max * pixelSizeUm,
    perimeterUm: outlinePx * pixelSizeUm,
    aspectRatio: feretPx.min / feretPx.max,
    circularity: Math.min(1, (4 * Math.PI * silhouette.areaPx) / outlinePx ** 2),
    solidity: silhouette.areaPx / polygonAreaPx2(hull),
    centroidStageUm: onStage(centroidPx, tile),
    centroidPx,
    boxPx,
    touchesBorder: cutsPx.length > 0,
    cutsPx,
    objectness: verdict.objectness,
    confidence: verdict.confidence,
    certain: verdict.certain,
  };
}

/** x_A of ISO 9276-6: the diameter of the circle of this area, in the unit whose square the area has. */
export function diameterEquivalent(area: number): number {
  return Math.sqrt((4 * area) / Math.PI);
}

function boxInTile(mask: Mask, { box }: Silhouette, tile: TileGeometry): Particle['boxPx'] {
  const x = mask.x + box.left;
  const y = mask.y + box.top;
  const width = box.right - box.left + 1;
  const height = box.bottom - box.top + 1;
  if (x < 0 || y < 0 || x + width > tile.widthPx || y + height > tile.heightPx) {
    throw new RangeError(
      `mask fills columns ${x} to ${x + width - 1} and rows ${y} to ${y + height - 1}, outside its tile of ${tile.widthPx} x ${tile.heightPx} px`,
    );
  }
  return [x, y, width, height];
}

/** The stage's y points up and the image's down; null where nobody says where the tile is. */
function onStage(pointPx: { x: number; y: number }, tile: TileGeometry): StagePositionUm | null {
  const { centreStageUm: centre, pixelSizeUm, scanRotationRad = 0 } = tile;
  if (centre === null) return null;
  const inPicture = {
    x: (pointPx.x - tile.widthPx / 2) * pixelSizeUm,
    y: (tile.heightPx / 2 - pointPx.y) * pixelSizeUm,
  };
  const from = outOfScanFrame(inPicture, scanRotationRad);
  return { x: centre.x + from.x, y: centre.y + from.y };
}
