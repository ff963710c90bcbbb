import type { Estimate } from '../statistics/size-statistics.ts';

/** Units as people write them; '' for plain numbers. */
export type FigureUnit = 'µm' | 'µm²' | '%' | '';

/** A figure alone: three significant digits, never in powers of ten. */
export function figureText(value: number, unit: FigureUnit = ''): string {
  return withUnit(plain(value, 3), unit);
}

/**
 * A figure to the digits that its interval allows: the half-width keeps one significant digit, two where it starts
 * with 1 (JCGM 100:2008, 7.2.6, advises at most two): `4.9 µm (4.7 to 5.1)`.
 */
export function estimateText(estimate: Estimate, unit: FigureUnit = ''): string {
  const interval = intervalText(estimate);
  const value = estimateValueText(estimate, unit);
  return interval === null ? value : `${value} (${interval})`;
}

/** `4.7 to 5.1`; null where there is no interval, or one without width. */
export function intervalText(estimate: Estimate): string | null {
  const decimals = decimalsOf(estimate);
  const { low95, high95 } = estimate;
  return decimals === null || low95 === null || high95 === null
    ? null
    : `${low95.toFixed(decimals)} to ${high95.toFixed(decimals)}`;
}

/** `4.9 µm`, to the digits that its interval allows. */
export function estimateValueText(estimate: Estimate, unit: FigureUnit = ''): string {
  const decimals = decimalsOf(estimate);
  return decimals === null
    ? figureText(estimate.value, unit)
    : withUnit(estimate.value.toFixed(decimals), unit);
}

/** A share of 1 in percent: whole ones, one decimal below 10 %. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  return `${Number(percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0))} %`;
}

/** 12,345 */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `1 tile`, `24 tiles`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

function decimalsOf({ low95, high95 }: Estimate): number | null {
  if (low95 === null || high95 === null || !(high95 > low95)) return null;
  const halfWidth = (high95 - low95) / 2;
  const [mantissa = '', power = '0'] = halfWidth.toExponential(1).split('e');
  const digits = mantissa.startsWith('1') ? 2 : 1;
  return Math.min(20, Math.max(0, digits - 1 - Number(power)));
}

/** With a minus sign as long as a digit is wide. */
function plain(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits));
  return rounded.toLocaleString('en-GB', { maximumFractionDigits: 12 }).replace('-', '\u2212');
}

function withUnit(text: string, unit: FigureUnit): string {
  return unit === '' ? text : `${text} ${unit}`;
}
