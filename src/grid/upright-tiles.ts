import type { StagePositionUm } from '../units.ts';
import type { JoinableParticles } from './particle-pieces.ts';
import type { PlacedCut } from './placed-cut.ts';
import { inScanFrame } from './scan-frame.ts';

/** A tile as the store has it: boxes and cuts about its place on the stage as if its picture were upright there. */
export interface TurnedTile extends JoinableParticles {
  /** Of the scan; it turns the picture. */
  readonly scanRotationRad: number;
}

export interface UprightTiles<Tile> {
  readonly tiles: readonly Tile[];
  /** False where the scans were turned differently: no frame has all pictures upright, and neighbours meet nowhere. */
  readonly areTurnedAlike: boolean;
}

/** Over the 2,000 px of a tile's side this is a displacement by 2 px, as the stage strays. */
const TURNED_ALIKE_RAD = 1e-3;

/**
 * The tiles in the frame of their scan, in which each picture is upright and neighbours meet at straight seams, whatever
 * the rotation. Tiles that were turned differently stay where they are.
 */
export function uprightTiles<Tile extends TurnedTile>(tiles: readonly Tile[]): UprightTiles<Tile> {
  const rotationRad = tiles[0]?.scanRotationRad ?? 0;
  const areTurnedAlike = tiles.every(
    (tile) => angleBetween(tile.scanRotationRad, rotationRad) <= TURNED_ALIKE_RAD,
  );
  if (!areTurnedAlike || rotationRad === 0) return { tiles, areTurnedAlike };
  return { tiles: tiles.map((tile) => upright(tile, rotationRad)), areTurnedAlike };
}

function upright<Tile extends TurnedTile>(tile: Tile, rotationRad: number): Tile {
  const stagePositionUm = inScanFrame(tile.stagePositionUm, rotationRad);
  const by = {
    x: stagePositionUm.x - tile.stagePositionUm.x,
    y: stagePositionUm.y - tile.stagePositionUm.y,
  };
  const centroids = Array.from(tile.centroidXUm, (x, index) =>
    inScanFrame({ x, y: tile.centroidYUm[index]! }, rotationRad),
  );
  return {
    ...tile,
    stagePositionUm,
    centroidXUm: Float64Array.from(centroids, ({ x }) => x),
    centroidYUm: Float64Array.from(centroids, ({ y }) => y),
    boxLeftUm: tile.boxLeftUm.map((left) => left + by.x),
    boxBottomUm: tile.boxBottomUm.map((bottom) => bottom + by.y),
    cuts: tile.cuts.map((cuts) => cuts.map((cut) => moved(cut, by))),
  };
}

function moved(cut: PlacedCut, by: StagePositionUm): PlacedCut {
  const along = cut.side === 'left' || cut.side === 'right' ? by.y : by.x;
  return { ...cut, fromUm: cut.fromUm + along, toUm: cut.toUm + along };
}

/** From 0 to pi. */
function angleBetween(one: number, other: number): number {
  const turn = Math.abs(one - other) % (2 * Math.PI);
  return Math.min(turn, 2 * Math.PI - turn);
}
