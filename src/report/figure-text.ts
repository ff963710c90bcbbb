import {
  countText,
  figureDigits,
  placesOf,
  settingDigits,
  toPlaces,
} from '../statistics/numeric/figure-digits.ts';
import type { Estimate } from '../statistics/size-statistics.ts';

export { counted, countText } from '../statistics/numeric/figure-digits.ts';

/** Units as people write them; '' for plain numbers. */
export type FigureUnit = 'µm' | 'µm²' | 'mm²' | 'nm' | '%' | '';

/** The rule by which every number of pages and mails is written, for their readers. */
export const DIGITS_RULE =
  'Figures have three significant digits, and the bounds of an interval as many decimals as their figure; percentages are whole from 10 % on and have one decimal below; counts are exact.';

/** A figure alone, to three significant digits; a whole number without unit is a count, which is exact. */
export function figureText(value: number, unit: FigureUnit = ''): string {
  return withUnit(unit === '' && Number.isInteger(value) ? countText(value) : figureDigits(value), unit);
}

/** What somebody set or asked for: `4.5 µm`, without digits that nobody wrote. */
export function settingText(value: number, unit = ''): string {
  return withUnit(settingDigits(value), unit);
}

/** A figure and its interval, to matching places: `4.90 µm (4.70 to 5.10)`. */
export function estimateText(estimate: Estimate, unit: FigureUnit = ''): string {
  const interval = intervalText(estimate);
  const value = estimateValueText(estimate, unit);
  return interval === null ? value : `${value} (${interval})`;
}

/** `4.70 to 5.10`, with as many decimals as the figure has; null where there is no interval, or one without width. */
export function intervalText({ value, low95, high95 }: Estimate): string | null {
  if (low95 === null || high95 === null || !(high95 > low95)) return null;
  const places = placesOf(value);
  return `${toPlaces(low95, places)} to ${toPlaces(high95, places)}`;
}

/** `4.90 µm` */
export function estimateValueText({ value }: Estimate, unit: FigureUnit = ''): string {
  return withUnit(figureDigits(value), unit);
}

/** A share of 1 in percent: whole ones, one decimal below 10 %. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  return `${Number(percent.toFixed(Math.abs(percent) < 9.95 ? 1 : 0))} %`;
}

function withUnit(text: string, unit: string): string {
  return unit === '' ? text : `${text} ${unit}`;
}
