import { type Extent, enclosing, type Solid } from './solid.ts';
import type { TextureKind } from './texture.ts';

/**
 * The shape of one particle in body units, in which its diameter is about 1: a union of solids under one
 * surface. Laying scales it to its size.
 */
export interface Body {
  readonly solids: readonly Solid[];
  readonly surface: Surface;
}

/** What makes a smooth solid a real one. Lengths are in body units. */
export interface Surface {
  readonly texture: TextureKind;
  /** Length after which the texture repeats; its grains are about a tenth of it. */
  readonly period: number;
  /** How far the texture raises and sinks the surface. */
  readonly relief: number;
  /** How far the outline wanders, which makes it ragged, and the length after which it does so again. */
  readonly raggedness: number;
  readonly raggedPeriod: number;
  /** Share by which brightness follows the texture: pores are darker, a second phase is brighter. */
  readonly mottling: number;
  /** A phase of other brightness in patches: this factor where the rough noise is high; 1 for one phase. */
  readonly patchTone: number;
  /** Where on the texture this body begins. */
  readonly offset: readonly [x: number, y: number];
}

export const smoothSurface: Surface = {
  texture: 'rough',
  period: 1,
  relief: 0,
  raggedness: 0,
  raggedPeriod: 1.25,
  mottling: 0,
  patchTone: 1,
  offset: [0, 0],
};

export function bodyExtent({ solids, surface }: Body): Extent {
  const reach = 1.5 * surface.raggedness;
  const { left, right, bottom, top, low, high } = enclosing(solids);
  return {
    left: left - reach,
    right: right + reach,
    bottom: bottom - reach,
    top: top + reach,
    low,
    high: high + surface.relief,
  };
}
