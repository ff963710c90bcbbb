import { setImmediate as turn } from 'node:timers/promises';
import type { z } from 'zod';
import type { StoreReader } from '../../store/database.ts';
import type { RunEntry, runListSchema, runQuerySchema } from '../api/run.ts';
import type { DashboardSettings } from '../settings.ts';
import { runEntry } from './run-entry.ts';

/** All runs as lists show them, in memory: a search reads no summary, of which a year has thousands. */
export interface RunIndex {
  /** Resolves once all runs were read. @throws Error where they cannot be read; the next call tries again */
  ready(): Promise<void>;
  /** Reads the run anew, where it is there. @returns its entry, and whether it is another than before */
  refresh(
    runId: number,
  ): { readonly entry: RunEntry; readonly isNew: boolean; readonly hasChanged: boolean } | null;
  search(query: z.infer<typeof runQuerySchema>): z.infer<typeof runListSchema>;
}

/** The process answers others in between. */
const READ_AT_ONCE_MS = 20;
const DAY_MS = 86_400_000;

export function createRunIndex(store: StoreReader, settings: Pick<DashboardSettings, 'grid'>): RunIndex {
  const entries = new Map<number, { readonly entry: RunEntry; readonly text: string }>();
  let reading: Promise<void> | null = null;

  function refresh(runId: number): ReturnType<RunIndex['refresh']> {
    const run = store.runs.get(runId);
    if (!run) return null;
    const entry = runEntry(store, run, settings);
    const text = JSON.stringify(entry);
    const before = entries.get(runId);
    entries.set(runId, { entry, text });
    return { entry, isNew: before === undefined, hasChanged: before?.text !== text };
  }

  async function readAll(): Promise<void> {
    let sinceMs = performance.now();
    for (const { id } of store.changes.runMarks()) {
      if (!entries.has(id)) refresh(id);
      if (performance.now() - sinceMs < READ_AT_ONCE_MS) continue;
      await turn();
      sinceMs = performance.now();
    }
  }

  return {
    ready() {
      reading ??= readAll().catch((error: unknown) => {
        reading = null;
        throw error;
      });
      return reading;
    },
    refresh,
    search({ offset, limit, ...asked }) {
      const found = [...entries.values()].map(({ entry }) => entry).filter((entry) => matches(entry, asked));
      found.sort((one, other) => compare(other.lastTileAt, one.lastTileAt) || compare(other.run, one.run));
      return { runs: found.slice(offset, offset + limit), total: found.length };
    },
  };
}

function matches(
  { sampleLabel, sampleId, state, verdict, lastTileAt, d50Um }: RunEntry,
  asked: Omit<z.infer<typeof runQuerySchema>, 'offset' | 'limit'>,
): boolean {
  const { query, d50MinUm, d50MaxUm, from, to } = asked;
  if (query !== undefined && ![sampleLabel, sampleId].some((name) => plain(name).includes(plain(query))))
    return false;
  if (asked.state !== undefined && asked.state !== state) return false;
  if (asked.verdict !== undefined && asked.verdict !== (verdict ?? 'none')) return false;
  const at = Date.parse(lastTileAt);
  if (from !== undefined && at < Date.parse(from)) return false;
  if (to !== undefined && at >= Date.parse(to) + DAY_MS) return false;
  if (d50MinUm === undefined && d50MaxUm === undefined) return true;
  return (
    d50Um !== null && d50Um.value >= (d50MinUm ?? 0) && d50Um.value <= (d50MaxUm ?? Number.POSITIVE_INFINITY)
  );
}

function plain(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
