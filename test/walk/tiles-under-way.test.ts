import { describe, expect, it } from 'vitest';
import type { StoredTile } from '../../src/store/stored-tile.ts';
import { createTilesUnderWay } from '../../src/walk/tiles-under-way.ts';

/** Two tiles that end when the test says so, at a clock that the test moves. */
function twoTiles() {
  let nowMs = 1000;
  let triedMs = Number.NEGATIVE_INFINITY;
  const waiting = [{ id: 1 }, { id: 2 }] as StoredTile[];
  const ends = new Map<number, () => void>();
  const underWay = createTilesUnderWay({
    store: {
      tiles: {
        nextWaiting: (limit: number) => waiting.splice(0, limit),
        countByState: () => ({ seen: 0 }),
        countAgain: () => 0,
      },
    } as never,
    capacity: 2,
    segment: ({ id }) => new Promise((resolve) => ends.set(id, resolve)),
    boundary: { guarded: (step) => step(), sayAndPause: async () => {}, lastTriedMs: () => triedMs },
    nowMs: () => nowMs,
  });
  return {
    underWay,
    pass: (ms: number) => {
      nowMs += ms;
    },
    tryAgain: () => {
      triedMs = nowMs;
    },
    async end(id: number) {
      ends.get(id)?.();
      await new Promise(setImmediate);
    },
  };
}

describe('tiles under way', () => {
  it('are silent since the last of them ended, and not at all once none is left', async () => {
    const { underWay, pass, end } = twoTiles();
    pass(500);
    expect(underWay.silentForMs()).toBe(0); // none yet
    underWay.dispatch();
    pass(300);
    expect(underWay.silentForMs()).toBe(300);
    await end(1);
    pass(20);
    expect(underWay.silentForMs()).toBe(20);
    await end(2);
    pass(20);
    expect(underWay.silentForMs()).toBe(0);
  });

  it('are not silent while something is tried again, as a store on a full disk', () => {
    const { underWay, pass, tryAgain } = twoTiles();
    underWay.dispatch();
    pass(300);
    tryAgain();
    pass(5);
    expect(underWay.silentForMs()).toBe(5);
  });
});
