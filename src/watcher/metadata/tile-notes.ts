import type { TileMetadata } from './tile-metadata.ts';

/** What a reader of results should know of a tile's file, as stable words. */
export const tileNotes = [
  'lossy-compression',
  'pixel-size-stated',
  'pixel-size-ignored',
  'no-stage-position',
  'stage-axes-assumed',
] as const;

export type TileNote = (typeof tileNotes)[number];

export function notesOf(metadata: TileMetadata): TileNote[] {
  const { isLossy, pixelSizeSource, pixelSizeIgnoredNm, stagePositionUm, stageAxes } = metadata;
  const holds: Readonly<Record<TileNote, boolean>> = {
    'lossy-compression': isLossy === true,
    'pixel-size-stated': pixelSizeSource === 'stated',
    'pixel-size-ignored': pixelSizeIgnoredNm !== undefined,
    'no-stage-position': stagePositionUm === null,
    'stage-axes-assumed': stageAxes === 'assumed',
  };
  return tileNotes.filter((note) => holds[note]);
}
