import type { StagePositionUm } from '../../units.ts';
import type { BoxUm } from '../box.ts';
import { type Blemish, blemishesNear, type Tape } from '../powder/tape.ts';
import { readTexture, textureOf } from '../powder/texture.ts';

/** Height over the tape, in um, of a fibre at a place of the stage; 0 beside it. It is bent, and its sides are uneven. */
export function fibreReliefUm(fibre: Blemish, { x, y }: StagePositionUm): number {
  const { centreUm, radiusUm, aspectRatio, turnRad, strength } = fibre;
  const [right, up] = [(x - centreUm.x) / radiusUm, (y - centreUm.y) / radiusUm];
  const along = (right * Math.cos(turnRad) + up * Math.sin(turnRad)) / aspectRatio;
  if (along < -1 || along > 1) return 0;
  const bend = (strength - 0.6) * 0.4 * aspectRatio * along * along;
  const across = up * Math.cos(turnRad) - right * Math.sin(turnRad) - bend;
  if (across < -1.3 || across > 1.3) return 0;
  const rounding = Math.sqrt(1 - Math.abs(along) ** (1.5 * aspectRatio));
  const uneven = 0.25 * readTexture(textureOf('rough'), 0.006 * aspectRatio * along + strength, turnRad);
  const width = rounding * (1 + uneven);
  const r2 = (across / width) ** 2;
  return r2 < 1 ? width * radiusUm * Math.sqrt(1 - r2) : 0;
}

/** By how much fibres raise what lies with its centre at a place: 0 on bare tape. */
export type Raise = (centreUm: StagePositionUm) => number;

/** For particles with these boxes, whichever window shows them. */
export function raisedByFibres(tape: Tape, boxes: readonly BoxUm[]): Raise {
  if (!tape.look.fibres || boxes.length === 0) return () => 0;
  const all = boxes.reduce((one, other) => ({
    left: Math.min(one.left, other.left),
    right: Math.max(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
    top: Math.max(one.top, other.top),
  }));
  const fibres = blemishesNear(tape, all).filter(({ kind }) => kind === 'fibre');
  return (centreUm) =>
    fibres.reduce((reliefUm, fibre) => Math.max(reliefUm, fibreReliefUm(fibre, centreUm)), 0);
}
