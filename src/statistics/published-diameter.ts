/** What a distribution of sizes is of: x_A, x_Fmax or x_Fmin of ISO 9276-6. */
export const diameterKinds = ['area', 'feretMax', 'feretMin'] as const;
export type DiameterKind = (typeof diameterKinds)[number];
export type FeretKind = Exclude<DiameterKind, 'area'>;

/** Where a group has its distribution, and a particle its diameter. */
export const diameterFields = {
  area: 'diameterEquivalentUm',
  feretMax: 'diameterFeretMaxUm',
  feretMin: 'diameterFeretMinUm',
} as const satisfies Record<DiameterKind, string>;
