/** What is told of a particle's outline; docs/measurement.md gives the formulas (ISO 9276-6). */
export const shapeMeasures = [
  'circularity',
  'aspectRatio',
  'solidity',
  'diameterFeretMinUm',
  'diameterFeretMaxUm',
] as const;
export type ShapeMeasure = (typeof shapeMeasures)[number];
