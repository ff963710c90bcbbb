import { useEffect, useState } from 'preact/hooks';
import type { TileEntry } from '../../api/run.ts';
import { pictureAddress } from '../shell/api.ts';
import { type OutlinePaths, outlinePaths } from './outline-paths.ts';
import { piecesOf } from './tile-pieces.ts';

interface Props {
  readonly tile: TileEntry;
  readonly widthPx: 240 | 480 | 960;
}

/** A tile as photographed, upright on the stage, with the outlines that were found in it. It says nothing to be read out. */
export function TilePicture({ tile, widthPx }: Props) {
  const outlines = useOutlines(tile, widthPx);
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

function useOutlines(tile: TileEntry, widthPx: number): OutlinePaths | null {
  const { contentHash, state, particles, uncertain, model } = tile;
  const [outlines, setOutlines] = useState<OutlinePaths | null>(null);
  const isSegmented = state === 'segmented' || state === 'left-out';
  const version = `${model} ${particles} ${uncertain}`;
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
