/** One of some times, the same for a tile wherever it is asked: so a simulation knows what a stub worker does. */
export function drawnServiceMs(times: readonly number[], contentHash: string): number {
  return times[Number.parseInt(contentHash.slice(0, 8), 16) % times.length]!;
}
