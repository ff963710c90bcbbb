import { z } from 'zod';
import { quantity, quantityOrNull, type Unit } from './quantity.ts';

/** A figure with its interval. */
export function estimate(unit: Unit) {
  return z
    .strictObject({
      value: quantity(unit, 'the figure'),
      low95: quantityOrNull(unit, 'lower bound of the 95 % interval; null for fewer than two tiles'),
      high95: quantityOrNull(unit, 'upper bound of the 95 % interval; null for fewer than two tiles'),
    })
    .meta({ title: `Estimate in ${unit}` });
}
