interface Counting {
  readonly tiles: { countByState(): { segmented: number; failed: number } };
}

/** Resolves once so many tiles are segmented and stored. */
export async function untilSegmented(store: Counting, count: number): Promise<void> {
  for (;;) {
    const { segmented, failed } = store.tiles.countByState();
    if (failed > 0) throw new Error(`${failed} tile(s) failed`);
    if (segmented >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
