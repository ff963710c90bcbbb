import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from 'bullmq';
import type { AdmittedTile } from './admitted-tile.ts';
import type { TileJob } from './contract.ts';

/** Ranks of archive work begin behind the last of any window. */
const BEHIND_ALL = 1000;

/** A tile that is in the queue now. */
export interface Flight {
  readonly id: string;
  job: TileJob;
  readonly tile: AdmittedTile;
  /** What the engine keeps of it; undefined until it was put. */
  entry: Job | undefined;
  /** Something may have become of it. */
  wake(): void;
  /** Resolves when it is woken, at the latest after this. */
  woken(atMostMs: number): Promise<void>;
}

/** The tiles of one daemon in the queue, the oldest first. */
export interface Flights {
  begin(id: string, job: TileJob, tile: AdmittedTile): Flight;
  end(flight: Flight): void;
  get(id: string): Flight | undefined;
  all(): Iterable<Flight>;
  count(): number;
  /** Resolves once no flight has this id. */
  ended(id: string): Promise<void>;
  /**
   * Its place among the daemon's own, 1 for the oldest: workers take the lowest first, so that whoever has fewest
   * tiles with them is served next.
   */
  priorityOf(flight: Flight): number;
  /** Those that wait move up; one that a worker has is moved nowhere by it. */
  rank(): Promise<void>;
}

export function createFlights(isArchive: boolean): Flights {
  const flights = new Map<string, Flight>();
  const ends = new Map<string, () => void>();
  const endings = new Map<string, Promise<void>>();

  function priorityOf(flight: Flight): number {
    return (isArchive ? BEHIND_ALL : 0) + [...flights.values()].indexOf(flight) + 1;
  }

  return {
    begin(id, job, tile) {
      const flight: Flight = { id, job, tile, entry: undefined, ...wakeable() };
      flights.set(id, flight);
      endings.set(id, new Promise((resolve) => ends.set(id, resolve)));
      return flight;
    },
    end({ id }) {
      flights.delete(id);
      endings.delete(id);
      ends.get(id)?.();
      ends.delete(id);
    },
    get: (id) => flights.get(id),
    all: () => flights.values(),
    count: () => flights.size,
    async ended(id) {
      while (endings.has(id)) await endings.get(id);
    },
    priorityOf,
    async rank() {
      await Promise.all(
        [...flights.values()].map(async (flight) => {
          const priority = priorityOf(flight);
          if (flight.entry?.priority !== priority) await flight.entry?.changePriority({ priority });
        }),
      );
    },
  };
}

/** A call that comes before somebody waits is not lost. */
function wakeable(): Pick<Flight, 'wake' | 'woken'> {
  let isCalled = false;
  let call = (): void => {};
  return {
    wake() {
      isCalled = true;
      call();
    },
    async woken(atMostMs) {
      const late = new AbortController();
      if (!isCalled) {
        const called = new Promise<void>((resolve) => {
          call = resolve;
        });
        await Promise.race([called, pause(atMostMs, undefined, { signal: late.signal }).catch(() => {})]);
        late.abort();
      }
      isCalled = false;
    },
  };
}
