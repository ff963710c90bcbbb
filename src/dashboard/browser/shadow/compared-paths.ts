import type { TileShadow } from '../../api/shadow.ts';

type Piece = TileShadow['serving'][number];

/** What two models found in a tile as paths of SVG, in pixels of the tile. */
export interface ComparedPaths {
  /** Pieces that both found, as the serving model outlines them, and as the shadow does. */
  readonly both: ModelPaths;
  /** Pieces that one of them alone found. */
  readonly alone: ModelPaths;
}

export interface ModelPaths {
  readonly serving: string;
  readonly shadow: string;
}

/** @param stepPx corners nearer to each other than this are left out: what a small picture does not show */
export function comparedPaths({ serving, shadow }: TileShadow, stepPx: number): ComparedPaths {
  const of = (pieces: readonly Piece[], isAlone: boolean): string =>
    pieces
      .filter(({ matchedWith }) => (matchedWith === null) === isAlone)
      .map((piece) => piecePath(piece, stepPx))
      .join('');
  return {
    both: { serving: of(serving, false), shadow: of(shadow, false) },
    alone: { serving: of(serving, true), shadow: of(shadow, true) },
  };
}

/** Its outline; its box where none was kept. */
function piecePath({ outlinePx, boxPx: [x, y, width, height] }: Piece, stepPx: number): string {
  if (outlinePx === null) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  return outlinePx.map((ring) => ringPath(ring, stepPx)).join('');
}

function ringPath(ring: readonly number[], stepPx: number): string {
  const kept: string[] = [];
  let [lastX, lastY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const [x, y] = [ring[i]!, ring[i + 1]!];
    if (Math.hypot(x - lastX, y - lastY) < stepPx) continue;
    kept.push(`${Math.round(x)} ${Math.round(y)}`);
    [lastX, lastY] = [x, y];
  }
  return kept.length === 0 ? '' : `M${kept.join('L')}Z`;
}
