import type { Extent, Solid } from './solid.ts';
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
  /** How far the outline wanders, which makes it ragged. */
  readonly raggedness: number;
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
  mottling: 0,
  patchTone: 1,
  offset: [0, 0],
};

export function bodyExtent({ solids, surface }: Body): Extent {
  const reach = 1.5 * surface.raggedness;
  const extents = solids.map((solid) => solid.extent);
  const least = (key: keyof Extent) => extents.reduce((low, extent) => Math.min(low, extent[key]), Infinity);
  const most = (key: keyof Extent) =>
    extents.reduce((high, extent) => Math.max(high, extent[key]), -Infinity);
  return {
    left: least('left') - reach,
    right: most('right') + reach,
    bottom: least('bottom') - reach,
    top: most('top') + reach,
    low: least('low'),
    high: most('high') + surface.relief,
  };
}
