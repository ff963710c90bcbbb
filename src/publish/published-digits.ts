import { publishedDigits } from '../statistics/numeric/significant.ts';

/** The same with every number that is not whole to the digits with which figures are published. */
export function withPublishedDigits(payload: object): object {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, rounded(value)]));
}

function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : publishedDigits(value);
  if (Array.isArray(value)) return value.map(rounded);
  return typeof value === 'object' && value !== null ? withPublishedDigits(value) : value;
}
