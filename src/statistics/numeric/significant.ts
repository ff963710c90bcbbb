/** Rounded to so many significant digits. */
export function significant(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}

/**
 * A size or weight to the digits with which it is counted and stands in tables: 12, a thousandth of what is published, so
 * that whoever computes a figure from a table finds the published one to its last digit, and none reads 41.666666666666664.
 */
export function measuredDigits(value: number): number {
  return significant(value, 12);
}

/** A figure to the digits with which it is published: 9. */
export function publishedDigits(value: number): number {
  return significant(value, 9);
}
