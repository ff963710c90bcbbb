import type { JoinableParticles } from '../../src/grid/particle-pieces.ts';
import { placedCut } from '../../src/grid/placed-cut.ts';
import type { PlacedField } from '../../src/grid/tile-overlap.ts';
import type { TurnedTile } from '../../src/grid/upright-tiles.ts';
import { mainComponent } from '../../src/measure/components.ts';
import { measureParticle, type TileGeometry } from '../../src/measure/measure-particle.ts';
import type { Particle } from '../../src/measure/particle.ts';

/** Something on the stage: whether a point is inside, and a box around it. */
export interface Shape {
  readonly holds: (x: number, y: number) => boolean;
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly certain?: boolean;
}

export function discAt(x: number, y: number, radius: number): Shape {
  const holds = (px: number, py: number) => (px - x) ** 2 + (py - y) ** 2 <= radius ** 2;
  return { holds, left: x - radius, right: x + radius, bottom: y - radius, top: y + radius };
}

export function boxAt(left: number, bottom: number, width: number, height: number): Shape {
  const [right, top] = [left + width, bottom + height];
  const holds = (x: number, y: number) => x > left && x < right && y > bottom && y < top;
  return { holds, left, right, bottom, top };
}

/** The pixels of a shape, 1 um each, with their middle inside: what the tiles should add up to. */
export function pixelsOf({ holds, left, right, bottom, top }: Shape): number {
  let count = 0;
  for (let x = Math.floor(left); x < right; x++) {
    for (let y = Math.floor(bottom); y < top; y++) if (holds(x + 0.5, y + 0.5)) count++;
  }
  return count;
}

/**
 * What tiles show of shapes, at 1 um a pixel; fields of whole micrometres.
 * @param error how far the stage's report of a tile's place is off.
 */
export function pictured(
  fields: readonly PlacedField[],
  shapes: readonly Shape[],
  error: (tile: number) => { readonly x: number; readonly y: number } = () => ({ x: 0, y: 0 }),
): JoinableParticles[] {
  return fields.map((field, tile) => {
    const { stagePositionUm: truth, fieldUm } = field;
    const off = error(tile);
    const reported = { stagePositionUm: { x: truth.x + off.x, y: truth.y + off.y }, fieldUm };
    return columnsOf(particlesIn(field, shapes, reported.stagePositionUm), reported);
  });
}

/**
 * The same where the scan is turned: `fields` stand on the stage and have the sides of the upright pictures, each of which
 * shows at R(r) d from its centre what lies at d from there on the stage.
 */
export function picturedTurned(
  fields: readonly PlacedField[],
  shapes: readonly Shape[],
  scanRotationRad: number,
): TurnedTile[] {
  const [cos, sin] = [Math.cos(scanRotationRad), Math.sin(scanRotationRad)];
  return fields.map((field) => {
    const { x, y } = field.stagePositionUm;
    const turned = shapes.map(({ holds, certain = true }): Shape => {
      const shown: Shape['holds'] = (px, py) => {
        const [right, up] = [px - x, py - y];
        return holds(x + cos * right + sin * up, y - sin * right + cos * up);
      };
      const everywhere = { left: -Infinity, right: Infinity, bottom: -Infinity, top: Infinity };
      return { holds: shown, ...everywhere, certain };
    });
    const particles = particlesIn(field, turned, field.stagePositionUm, scanRotationRad);
    return { ...columnsOf(particles, field), scanRotationRad };
  });
}

/** What a tile shows of those shapes that reach into it. */
export function particlesIn(
  field: PlacedField,
  shapes: readonly Shape[],
  centreStageUm = field.stagePositionUm,
  scanRotationRad = 0,
): Particle[] {
  const { x, y } = field.stagePositionUm;
  const { width, height } = field.fieldUm;
  return shapes
    .filter(({ left, right }) => right > x - width / 2 && left < x + width / 2)
    .filter(({ bottom, top }) => top > y - height / 2 && bottom < y + height / 2)
    .flatMap((shape) => particleIn(field, shape, { centreStageUm, scanRotationRad }));
}

function particleIn(
  field: PlacedField,
  shape: Shape,
  placed: Pick<TileGeometry, 'centreStageUm' | 'scanRotationRad'>,
) {
  const { width, height } = field.fieldUm;
  const left = field.stagePositionUm.x - width / 2;
  const top = field.stagePositionUm.y + height / 2;
  const bits = new Uint8Array(width * height);
  for (let cell = 0; cell < bits.length; cell++) {
    bits[cell] = shape.holds(left + (cell % width) + 0.5, top - Math.floor(cell / width) - 0.5) ? 1 : 0;
  }
  if (!bits.includes(1)) return [];
  const mask = mainComponent({ x: 0, y: 0, width, height, bits });
  const tile = { widthPx: width, heightPx: height, pixelSizeUm: 1, ...placed };
  const { certain = true } = shape;
  return [measureParticle(mask, tile, { objectness: 1, confidence: 1, certain })];
}

function columnsOf(particles: readonly Particle[], place: PlacedField): JoinableParticles {
  const column = (of: (particle: Particle) => number) => Float64Array.from(particles, of);
  const left = place.stagePositionUm.x - place.fieldUm.width / 2;
  const top = place.stagePositionUm.y + place.fieldUm.height / 2;
  return {
    ...place,
    areaUm2: column(({ areaUm2 }) => areaUm2),
    diameterEquivalentUm: column(({ diameterEquivalentUm }) => diameterEquivalentUm),
    centroidXUm: column(({ centroidStageUm }) => centroidStageUm!.x),
    centroidYUm: column(({ centroidStageUm }) => centroidStageUm!.y),
    boxLeftUm: column(({ boxPx }) => left + boxPx[0]),
    boxBottomUm: column(({ boxPx }) => top - boxPx[1] - boxPx[3]),
    boxWidthUm: column(({ boxPx }) => boxPx[2]),
    boxHeightUm: column(({ boxPx }) => boxPx[3]),
    touchesBorder: Uint8Array.from(particles, ({ touchesBorder }) => (touchesBorder ? 1 : 0)),
    certain: Uint8Array.from(particles, ({ certain }) => (certain ? 1 : 0)),
    cuts: particles.map(({ cutsPx }) => cutsPx.map((cut) => placedCut(cut, place, 1))),
  };
}
