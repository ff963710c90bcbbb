import type { StagePositionUm } from '../units.ts';

/**
 * A scan that is turned by r turns the picture: counter-clockwise for r above 0, about the place where the stage stands.
 * What lies at d from the tile's centre on the stage (x to the right, y up) lies at R(r) d in its picture, with
 * R(r) = ((cos r, -sin r), (sin r, cos r)). The scan frame is the stage turned so: in it each picture is upright,
 * whatever r, and the tiles' places are turned instead.
 */
export function inScanFrame({ x, y }: StagePositionUm, rotationRad: number): StagePositionUm {
  if (rotationRad === 0) return { x, y };
  const [cos, sin] = [Math.cos(rotationRad), Math.sin(rotationRad)].map(withoutDust) as [number, number];
  return { x: cos * x - sin * y, y: sin * x + cos * y };
}

/** Math.sin(Math.PI) is 1.2e-16: seams of tiles that touch would overlap by as little. */
function withoutDust(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) < 1e-12 ? whole : value;
}

/** The way back. */
export function outOfScanFrame(place: StagePositionUm, rotationRad: number): StagePositionUm {
  return inScanFrame(place, -rotationRad);
}

/** How many quarters of a turn, 0 to 3, come nearest to a scan's rotation. */
export function quarterTurns(rotationRad: number): 0 | 1 | 2 | 3 {
  const turns = Math.round(rotationRad / (Math.PI / 2)) % 4;
  return ((turns + 4) % 4) as 0 | 1 | 2 | 3;
}

/** A field's sides along the stage's axes, to the nearest quarter of a turn. */
export function fieldOnStage<Field extends { readonly width: number; readonly height: number }>(
  field: Field,
  rotationRad: number,
): { readonly width: number; readonly height: number } {
  const { width, height } = field;
  return quarterTurns(rotationRad) % 2 === 0 ? { width, height } : { width: height, height: width };
}
