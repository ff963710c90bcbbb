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

const sizesSchema = z.object({ d50: z.object({ value: z.number() }) });

/** What is needed of a stored summary, of whichever version. */
const summarySchema = z.object({
  at: z.iso.datetime(),
  statistics: z.object({
    all: z.object({
      count: z.int(),
      diameterEquivalentUm: sizesSchema.nullable(),
      diameterFeretMaxUm: sizesSchema.nullish(),
      diameterFeretMinUm: sizesSchema.nullish(),
    }),
  }),
});

function lastSampleOf(payload: unknown): LastSample {
  const { at, statistics } = summarySchema.parse(payload);
  const { count, diameterFeretMaxUm, diameterFeretMinUm, diameterEquivalentUm } = statistics.all;
  const published = diameterFeretMaxUm ?? diameterFeretMinUm ?? diameterEquivalentUm;
  return { endedAtMs: Date.parse(at), particles: count, d50Um: published?.d50.value ?? null };
}
