import type { Estimate } from '../size-statistics.ts';

/**
 * How much one figure is above another that rests on other tiles, with the 95 % interval of that: the method of variance
 * estimates recovery, L = d - sqrt((a - l_a)^2 + (u_b - b)^2), U = d + sqrt((u_a - a)^2 + (b - l_b)^2), which needs no
 * symmetric intervals (Zou and Donner, Statistics in Medicine 27 (2008) 1693). Without both intervals there is none.
 */
export function differenceOf(a: Estimate, b: Estimate): Estimate {
  const value = a.value - b.value;
  const bounds = [a.low95, a.high95, b.low95, b.high95];
  if (bounds.some((bound) => bound === null)) return { value, low95: null, high95: null };
  const [lowA, highA, lowB, highB] = bounds as [number, number, number, number];
  return {
    value,
    low95: value - Math.hypot(a.value - lowA, highB - b.value),
    high95: value + Math.hypot(highA - a.value, b.value - lowB),
  };
}
