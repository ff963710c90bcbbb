/**
 * The one rule of digits for people: a figure has three significant digits, its zeros among them, with thousands set
 * apart and never in powers of ten.
 */
export function figureDigits(value: number): string {
  return toPlaces(value, placesOf(value));
}

/** The decimal places of a figure's three digits, which the bounds of its interval share: 2 of 5.27, -1 of 5270. */
export function placesOf(value: number): number {
  const rounded = Number(value.toPrecision(3)); // 9.996 is 10.0, which has one place less
  return rounded === 0 ? 0 : 2 - Math.floor(Math.log10(Math.abs(rounded)));
}

/** To so many decimal places; to tens for -1, to hundreds for -2. With a minus sign as wide as a digit. */
export function toPlaces(value: number, places: number): string {
  const step = 10 ** Math.max(0, -places);
  const decimals = Math.min(20, Math.max(0, places));
  const rounded = step === 1 ? value : Math.round(value / step) * step;
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return rounded.toLocaleString('en-GB', { ...digits, signDisplay: 'negative' }).replace('-', '\u2212');
}

/** What somebody set or asked for: at most three significant digits, as few as it needs. */
export function settingDigits(value: number): string {
  return Number(value.toPrecision(3))
    .toLocaleString('en-GB', { maximumFractionDigits: 12 })
    .replace('-', '\u2212');
}

/** 12,345 */
export function countText(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `1 tile`, `24 tiles`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
