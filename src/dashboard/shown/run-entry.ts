import { z } from 'zod';
import type { StoreReader } from '../../store/database.ts';
import { expectedGrid } from '../../store/expectation.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { StoredSummary } from '../../store/summaries.ts';
import type { RunEntry } from '../api/run.ts';
import type { DashboardSettings } from '../settings.ts';

const estimate = z.object({
  value: z.number(),
  low95: z.number().nullable(),
  high95: z.number().nullable(),
});
const sizes = z.object({ d10: estimate, d50: estimate, d90: estimate }).nullish();

/** What lists say of a summary; a summary of another version has at least these. */
const listed = z.object({
  final: z.boolean(),
  coverage: z.object({ tilesExpected: z.number() }),
  decision: z.object({ verdict: z.string() }).nullish(),
  imaging: z.object({ tiles: z.array(z.object({ contentHash: z.string() })) }),
  statistics: z.object({
    all: z.object({
      count: z.number(),
      diameterFeretMaxUm: sizes,
      diameterFeretMinUm: sizes,
      diameterEquivalentUm: sizes,
    }),
  }),
  provenance: z.object({ reviewedBy: z.array(z.string()).nullish() }).nullish(),
});

/** What of a summary lists show; null before the first, and where no version of particled wrote it so. */
export type ListedSummary = z.infer<typeof listed> | null;

function listedSummary(summary: StoredSummary | undefined): ListedSummary {
  return summary === undefined ? null : (listed.safeParse(summary.payload).data ?? null);
}

/** A run as lists show it, of the store's present moment. */
export function runEntry(
  store: Pick<StoreReader, 'tiles' | 'summaries' | 'expectations'>,
  run: StoredRun,
  settings: Pick<DashboardSettings, 'grid'>,
): RunEntry {
  const summary = listedSummary(store.summaries.latest(run.id));
  const { seen, segmented, failed } = store.tiles.countByState(run.id);
  const leftOut = Math.min(summary?.imaging.tiles.length ?? 0, segmented);
  const expected = expectedGrid(store.expectations.get(run.sampleId), settings.grid);
  return {
    sampleId: run.sampleId,
    sampleLabel: run.sampleLabel,
    run: run.name,
    state: run.state,
    revision: run.revision,
    final: summary?.final ?? false,
    verdict: summary?.decision?.verdict ?? null,
    startedAt: new Date(run.createdAtMs).toISOString(),
    lastTileAt: new Date(run.lastTileAtMs).toISOString(),
    tiles: {
      segmented: segmented - leftOut,
      waiting: seen,
      failed,
      leftOut,
      expected: expected && Math.max(expected.rows * expected.columns, summary?.coverage.tilesExpected ?? 0),
    },
    particleCount: summary?.statistics.all.count ?? 0,
    ...sizesOf(summary),
    reviewedBy: summary?.provenance?.reviewedBy ?? [],
  };
}

/** Of the published diameter, which a summary has instead of the equivalent one where it is another. */
function sizesOf(summary: ListedSummary): Pick<RunEntry, 'd10Um' | 'd50Um' | 'd90Um'> {
  const all = summary?.statistics.all;
  const by = all?.diameterFeretMaxUm ?? all?.diameterFeretMinUm ?? all?.diameterEquivalentUm;
  const figure = (of: z.infer<typeof estimate> | undefined): RunEntry['d50Um'] =>
    of === undefined ? null : { value: of.value, low: of.low95, high: of.high95 };
  return { d10Um: figure(by?.d10), d50Um: figure(by?.d50), d90Um: figure(by?.d90) };
}
