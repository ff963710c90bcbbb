import { z } from 'zod';

/** Units of published numbers; `1` for shares, ratios and counts. */
export type Unit = 'um' | 'um2' | 'mm' | 'mm2' | '1/mm2' | 'nm' | 'px' | 's' | 'ns' | 'kV' | '1';

/** A published number with its unit, which the JSON Schema and docs/mqtt.md show. */
export function quantity(unit: Unit, description: string) {
  return z.number().meta({ description, unit });
}

export function quantityOrNull(unit: Unit, description: string) {
  return z.number().nullable().meta({ description, unit });
}

/** A number from 0 to 1. */
export function share(description: string) {
  return z.number().min(0).max(1).meta({ description, unit: '1' });
}

export function shareOrNull(description: string) {
  return z.number().min(0).max(1).nullable().meta({ description, unit: '1' });
}

export function count(description: string) {
  return z.int().nonnegative().meta({ description, unit: '1' });
}

export function countOrNull(description: string) {
  return z.int().nonnegative().nullable().meta({ description, unit: '1' });
}

/** `true` where two types are the same but for `readonly`; `never`, which nothing can be set to, where they differ. */
export type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
