import { basename, parse } from 'node:path';
import { isLarger } from '../grid/stitched-map.ts';
import type { Store } from '../store/database.ts';
import type { NeighbouringTile } from '../store/neighbours.ts';
import type { ReadTile } from '../watcher/read-tile.ts';
import type { TileFiles } from '../watcher/tile-files.ts';
import { placeOf } from './tile-place.ts';

/** A tile that shows the same as the arriving one with its contrast turned round. */
export interface InversePair {
  readonly tile: NeighbouringTile;
  /** Which of the two was made from the other, by their names; else the later one. */
  readonly copy: 'arriving' | 'known';
}

/** Centres nearer than this share of a field's side are one place; a copy has the very same, rounded by whoever wrote it. */
const REACH = 0.01;
/** Each comparison reads two images. */
const MOST_COMPARED = 3;

/** Looks at the pixels of tiles that stand where the arriving one does; null where it is nobody's inverted copy. */
export async function inversePairOf(
  store: Pick<Store, 'tiles' | 'neighbours'>,
  files: TileFiles,
  tile: ReadTile,
): Promise<InversePair | null> {
  const { file, metadata } = tile;
  if (metadata.stagePositionUm === null || store.tiles.withContent(file.contentHash)) return null;
  const place = placeOf(tile);
  const reachUm = { x: REACH * place.fieldUm.width, y: REACH * place.fieldUm.height };
  const there = store.neighbours
    .centredNear(metadata, place.stagePositionUm, reachUm)
    .filter((known) => known.path !== file.path && !isLarger(known, place) && !isLarger(place, known));
  for (const known of there.slice(-MOST_COMPARED)) {
    const databarHeightPx = store.tiles.get(known.id)?.metadata.databarHeightPx ?? 0;
    const arriving = { path: file.path, databarHeightPx: metadata.databarHeightPx };
    if (await files.areInverse(arriving, { path: known.path, databarHeightPx }))
      return { tile: known, copy: isNamedAfter(known.path, file.path) ? 'known' : 'arriving' };
  }
  return null;
}

/** `tile_inv` and `inv_tile` are named after `tile`. */
function isNamedAfter(path: string, other: string): boolean {
  const [name, original] = [path, other].map((one) => parse(basename(one)).name);
  return name !== original && name!.includes(original!);
}
