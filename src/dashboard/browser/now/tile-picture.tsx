import { useEffect, useState } from 'preact/hooks';
import type { RunEntry, TileEntry } from '../../api/run.ts';
import { pictureAddress } from '../shell/api.ts';
import { type OutlinePaths, outlinePaths } from './outline-paths.ts';
import { piecesOf } from './tile-pieces.ts';

interface Props {
  readonly tile: TileEntry;
  readonly widthPx: 240 | 480 | 960;
  /** As {@link reviewOf} gives it: a review may leave other outlines in the same number. */
  readonly review: number;
}

/** The revision of a run that was reviewed; 0 where nobody corrected it. */
export function reviewOf({ reviewedBy, revision }: Pick<RunEntry, 'reviewedBy' | 'revision'>): number {
  return reviewedBy.length > 0 ? revision : 0;
}

/** A tile as photographed, upright on the stage, with the outlines that count of it. It says nothing to be read out. */
export function TilePicture({ tile, widthPx, review }: Props) {
  const outlines = useOutlines(tile, widthPx, review);
  const { widthPx: width, heightPx: height } = tile;
  const turns = ((tile.turns % 4) + 4) % 4;
  const [shownWidth, shownHeight] = turns % 2 === 0 ? [width, height] : [height, width];
  return (
    <svg class="tile-picture" viewBox={`0 0 ${shownWidth} ${shownHeight}`} aria-hidden="true">
      <g transform={uprightTransform(turns, width, height)}>
        <image href={pictureAddress(tile.contentHash, widthPx)} width={width} height={height} />
        {outlines && (
          <>
            <path class="certain" d={outlines.certain} />
            <path class="uncertain" d={outlines.uncertain} />
          </>
        )}
      </g>
    </svg>
  );
}

/** Turns the picture clockwise by quarters, and moves it back to the origin. */
function uprightTransform(turns: number, width: number, height: number): string {
  const shifts = [`0 0`, `${height} 0`, `${width} ${height}`, `0 ${width}`];
  return `translate(${shifts[turns]}) rotate(${90 * turns})`;
}

function useOutlines(tile: TileEntry, widthPx: number, review: number): OutlinePaths | null {
  const { contentHash, state, particles, uncertain, model } = tile;
  const [outlines, setOutlines] = useState<OutlinePaths | null>(null);
  const isSegmented = state === 'segmented' || state === 'left-out';
  const version = `${model} ${particles} ${uncertain} ${review}`;
  useEffect(() => {
    let isShown = true;
    if (isSegmented)
      piecesOf(contentHash, version).then((pieces) => {
        if (isShown) setOutlines(pieces && outlinePaths(pieces, tile.widthPx / widthPx));
      });
    return () => {
      isShown = false;
    };
  }, [contentHash, isSegmented, version, tile.widthPx, widthPx]);
  return outlines;
}
