import { dirname } from 'node:path';
import { z } from 'zod';
import type { Config } from '../config/schema.ts';
import type { Store } from '../store/database.ts';
import { diskRoomOf } from './disk-room.ts';
import type { LastSample, MetricSources } from './metrics.ts';

/** What the store and its disks can be asked. */
export function monitoringSources(
  { store: { file }, report }: Pick<Config, 'store' | 'report'>,
  store: Pick<Store, 'tiles' | 'outbox' | 'finished'>,
): Pick<MetricSources, 'tilesWaiting' | 'unsent' | 'disks' | 'lastSample'> {
  const disks = {
    store: diskRoomOf(dirname(file)),
    ...(report.folder !== null && { reports: diskRoomOf(report.folder) }),
  };
  return {
    disks,
    tilesWaiting: () => store.tiles.countByState().seen + store.tiles.countAgain(),
    unsent() {
      const [oldest] = store.outbox.next(0, 1);
      return { messages: store.outbox.depth(), oldestAtMs: oldest?.createdAtMs ?? null };
    },
    lastSample() {
      const [last] = store.finished.lastBefore(new Date(), 1);
      return last ? lastSampleOf(last.payload) : null;
    },
  };
}

/** What is needed of a stored summary, of whichever version. */
const summarySchema = z.object({
  at: z.iso.datetime(),
  statistics: z.object({
    all: z.object({
      count: z.int(),
      diameterEquivalentUm: z.object({ d50: z.object({ value: z.number() }) }).nullable(),
    }),
  }),
});

function lastSampleOf(payload: unknown): LastSample {
  const { at, statistics } = summarySchema.parse(payload);
  const { count, diameterEquivalentUm } = statistics.all;
  return { endedAtMs: Date.parse(at), particles: count, d50Um: diameterEquivalentUm?.d50.value ?? null };
}
