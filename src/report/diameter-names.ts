import type { DiameterKind } from '../statistics/published-diameter.ts';

/** What people call the diameter that a distribution is of, and its symbol in ISO 9276-6. */
export const diameterNames: Readonly<
  Record<DiameterKind, { readonly name: string; readonly symbol: string }>
> = {
  area: { name: 'equivalent circular diameter', symbol: 'x_A' },
  feretMax: { name: 'greatest Feret diameter', symbol: 'x_Fmax' },
  feretMin: { name: 'least Feret diameter', symbol: 'x_Fmin' },
};
