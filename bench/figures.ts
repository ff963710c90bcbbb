/** One line of the bench: what, how much, and the limit where there is one. */
export function say(what: string, figure: string, note = ''): void {
  console.log(`${what.padEnd(37)}${figure.padEnd(12)}${note}`.trimEnd());
}

export function ms(value: number): string {
  return `${value.toFixed(0).padStart(5)} ms`;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}

export function spread(numbers: readonly number[]): string {
  return `${Math.min(...numbers).toFixed(2)} to ${Math.max(...numbers).toFixed(2)}`;
}
