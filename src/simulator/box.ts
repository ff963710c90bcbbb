import type { StagePositionUm } from '../units.ts';

/** A rectangle of the stage, its sides along the stage's axes. */
export interface BoxUm {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

export function boxAround({ x, y }: StagePositionUm, halfWidthUm: number, halfHeightUm = halfWidthUm): BoxUm {
  return { left: x - halfWidthUm, right: x + halfWidthUm, bottom: y - halfHeightUm, top: y + halfHeightUm };
}

export function widened(box: BoxUm, byUm: number): BoxUm {
  return {
    left: box.left - byUm,
    right: box.right + byUm,
    bottom: box.bottom - byUm,
    top: box.top + byUm,
  };
}
