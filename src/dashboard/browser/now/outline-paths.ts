import type { TilePieces } from '../../api/particle.ts';

/** Outlines of a tile as two paths of SVG, in pixels of the tile. */
export interface OutlinePaths {
  readonly certain: string;
  readonly uncertain: string;
}

/**
 * @param stepPx corners nearer to each other than this are left out: what a small picture does not show.
 */
export function outlinePaths({ pieces }: TilePieces, stepPx: number): OutlinePaths {
  const pathOf = (certain: boolean) =>
    pieces
      .filter((piece) => piece.certain === certain)
      .flatMap(({ outlinePx }) => outlinePx ?? [])
      .map((part) => closedPath(part, stepPx))
      .join('');
  return { certain: pathOf(true), uncertain: pathOf(false) };
}

function closedPath(corners: readonly number[], stepPx: number): string {
  const kept: string[] = [];
  let [lastX, lastY] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i + 1 < corners.length; i += 2) {
    const [x, y] = [corners[i]!, corners[i + 1]!];
    if (Math.hypot(x - lastX, y - lastY) < stepPx) continue;
    kept.push(`${Math.round(x)} ${Math.round(y)}`);
    [lastX, lastY] = [x, y];
  }
  return kept.length === 0 ? '' : `M${kept.join('L')}Z`;
}
