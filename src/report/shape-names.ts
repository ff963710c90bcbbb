import type { ShapeMeasure } from '../statistics/shape-measures.ts';
import type { FigureUnit } from './figure-text.ts';

/** What people call a measure of shape. */
export const shapeNames: Readonly<
  Record<ShapeMeasure, { readonly name: string; readonly note: string; readonly unit: FigureUnit }>
> = {
  circularity: { name: 'Circularity', note: '4π area / perimeter²', unit: '' },
  aspectRatio: { name: 'Aspect ratio', note: 'least / greatest Feret diameter', unit: '' },
  solidity: { name: 'Solidity', note: 'area / convex hull', unit: '' },
  diameterFeretMinUm: { name: 'Feret, least', note: 'width', unit: 'µm' },
  diameterFeretMaxUm: { name: 'Feret, greatest', note: 'length', unit: 'µm' },
};
