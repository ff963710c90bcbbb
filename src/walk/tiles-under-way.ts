import type { Store } from '../store/database.ts';
import type { StoredTile } from '../store/stored-tile.ts';
import type { ErrorBoundary } from './error-boundary.ts';

/** The tiles that a segmenter has now, filled up from those that wait in the store. */
export interface TilesUnderWay {
  /** Takes waiting tiles while there is room. */
  dispatch(): void;
  /** Resolves once no tile is under way and none waits. */
  idle(): Promise<void>;
  /** Resolves once those under way now have ended. */
  settled(): Promise<unknown>;
  /** For how long tiles have been under way without one that ended, or was tried again; 0 where none is. */
  silentForMs(): number;
  /** False where they have been silent for longer than segmenters may take. */
  isGoingOn(timeoutS: number): boolean;
  /** Takes no further tile. */
  stop(): void;
}

/** A segmenter that hangs in its nightly check, and the next one in a tile, take the timeout each; a new one takes this. */
const NEW_SEGMENTER_MS = 150_000;

export function createTilesUnderWay(options: {
  readonly store: Pick<Store, 'tiles'>;
  /** False while none is to begin, as where none can be read or the disk is full. */
  isOpen?(): boolean;
  /** Tiles that wait for their files. */
  postponed?(): readonly number[];
  /** Tiles at once: one waits beside the segmenters. */
  readonly capacity: number;
  segment(tile: StoredTile): Promise<void>;
  readonly boundary: Pick<ErrorBoundary, 'guarded' | 'sayAndPause' | 'lastTriedMs'>;
  /** The steady clock. */
  nowMs?(): number;
}): TilesUnderWay {
  const { store, capacity, segment, boundary, nowMs = () => performance.now() } = options;
  const { isOpen = () => true, postponed = () => [] } = options;
  const inFlight = new Map<number, Promise<void>>();
  const idleWaiters: (() => void)[] = [];
  let stopped = false;
  let lastSignMs = 0;

  function dispatch(): void {
    const free = stopped || !isOpen() ? 0 : capacity - inFlight.size;
    const left = [...inFlight.keys(), ...postponed()];
    for (const tile of free > 0 ? store.tiles.nextWaiting(free, left) : []) {
      if (inFlight.size === 0) lastSignMs = nowMs();
      const done = segment(tile)
        .catch(boundary.sayAndPause)
        .then(() => {
          inFlight.delete(tile.id);
          lastSignMs = nowMs();
          boundary.guarded(dispatch);
          boundary.guarded(announceIdle);
        });
      inFlight.set(tile.id, done);
    }
  }

  function isIdle(): boolean {
    return inFlight.size === 0 && store.tiles.countByState().seen + store.tiles.countAgain() === 0;
  }

  function announceIdle(): void {
    if (idleWaiters.length === 0 || !isIdle()) return;
    for (const resolve of idleWaiters.splice(0)) resolve();
  }

  function silentForMs(): number {
    return inFlight.size === 0 ? 0 : nowMs() - Math.max(lastSignMs, boundary.lastTriedMs());
  }

  return {
    dispatch,
    async idle() {
      if (!isIdle()) await new Promise<void>((resolve) => idleWaiters.push(resolve));
    },
    silentForMs,
    isGoingOn: (timeoutS) => silentForMs() <= 2000 * timeoutS + NEW_SEGMENTER_MS,
    settled: () => Promise.all(inFlight.values()),
    stop() {
      stopped = true;
    },
  };
}
