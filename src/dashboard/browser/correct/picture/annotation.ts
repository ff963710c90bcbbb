import {
  type ImageAnnotation,
  type MultiPolygon,
  type Polygon,
  type Shape,
  ShapeType,
} from '@annotorious/annotorious';
import type { Outline } from '../../../../measure/correction.ts';
import { boundsOf } from '../../../../measure/outline-mask.ts';
import { cornersOf } from '../outlines/outline-area.ts';
import type { StandingPiece } from '../outlines/standing-pieces.ts';

/** Begins with the verdict, by which style sheets colour it. */
export function annotationId({ number, certain }: Pick<StandingPiece, 'number' | 'certain'>): string {
  return `${certain ? 'certain' : 'uncertain'}-${number}`;
}

export function annotationOf(id: string, outline: Outline): ImageAnnotation {
  return { id, bodies: [], target: { annotation: id, selector: shapeOf(outline) } };
}

function shapeOf(outline: Outline): Polygon | MultiPolygon {
  const [first, ...more] = outline;
  if (first && more.length === 0) {
    return { type: ShapeType.POLYGON, geometry: { points: pointsOf(first), bounds: bounds(outline) } };
  }
  const polygons = outline.map((part) => ({ rings: [{ points: pointsOf(part) }], bounds: bounds([part]) }));
  return { type: ShapeType.MULTIPOLYGON, geometry: { polygons, bounds: bounds(outline) } };
}

/** The outline that an annotation shows; null for shapes that the page does not make. */
export function outlineOfShape(shape: Shape): Outline | null {
  if (isPolygon(shape)) return [shape.geometry.points.flat()];
  if (!isMultiPolygon(shape)) return null;
  return shape.geometry.polygons.flatMap(({ rings }) => rings.map(({ points }) => points.flat()));
}

function pointsOf(part: readonly number[]): [number, number][] {
  return cornersOf(part).map(({ x, y }) => [x, y]);
}

function bounds(outline: Outline): Polygon['geometry']['bounds'] {
  const { left, top, right, bottom } = boundsOf(outline);
  return { minX: left, minY: top, maxX: right, maxY: bottom };
}

function isPolygon(shape: Shape): shape is Polygon {
  return shape.type === ShapeType.POLYGON;
}

function isMultiPolygon(shape: Shape): shape is MultiPolygon {
  return shape.type === ShapeType.MULTIPOLYGON;
}
