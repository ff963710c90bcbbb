import { setImmediate as turn } from 'node:timers/promises';
import type { Config } from '../../config/schema.ts';
import type { StoreReader } from '../../store/database.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { ShadowModel } from '../../store/shadows.ts';
import type { RunShadow, ShadowOverview } from '../api/shadow.ts';
import { adviceOf } from './advice.ts';
import { type ComparedTile, comparisonOf, findingsOfRun, type RunFindings } from './compare.ts';

/** What comparisons need of the configuration. */
export interface ShadowSettings {
  readonly imaging: Config['imaging'];
  readonly shadow: Config['models']['shadow'];
}

/** One run's comparison, its tiles that differ most first. */
export function runShadow(store: StoreReader, { id }: StoredRun, { imaging }: ShadowSettings): RunShadow {
  const model = store.shadows.latestModel();
  if (model === null) return { model, comparison: null, tiles: [] };
  const findings = findingsOfRun(store, id, model, imaging);
  return {
    model,
    comparison: comparisonOf([findings]),
    tiles: findings.tiles
      .toSorted((a, b) => differingPieces(b) - differingPieces(a))
      .map(({ contentHash, name, isLeftOut, pieces }) => ({
        contentHash,
        name,
        leftOut: isLeftOut,
        ...pieces,
      })),
  };
}

function differingPieces({ pieces: { onlyServing, onlyShadow } }: ComparedTile): number {
  return onlyServing + onlyShadow;
}

/** A run's findings, and what they come to. */
interface ComparedRun {
  readonly findings: RunFindings;
  readonly comparison: ShadowOverview['runs'][number]['comparison'];
}

type CompareRun = (runId: number, model: ShadowModel) => ComparedRun;

function comparing(store: StoreReader, { imaging }: ShadowSettings): CompareRun {
  return (runId, model) => {
    const findings = findingsOfRun(store, runId, model, imaging);
    return { findings, comparison: comparisonOf([findings]) };
  };
}

/** Compares a run again only where a tile of it was segmented meanwhile, by whichever model. */
function rememberedComparing(store: StoreReader, settings: ShadowSettings): CompareRun {
  const compare = comparing(store, settings);
  const known = new Map<number, ComparedRun & { readonly mark: string }>();
  return (runId, model) => {
    const marks = [...store.changes.tileMarks(runId).values()];
    const mark = JSON.stringify([model, store.shadows.counts(model, runId), marks]);
    const before = known.get(runId);
    if (before?.mark === mark) return before;
    const compared = { ...compare(runId, model), mark };
    known.set(runId, compared);
    return compared;
  };
}

/** The comparison of every run of which something is kept, and of all together; others have their turn between two runs. */
export async function shadowOverview(
  store: StoreReader,
  settings: ShadowSettings,
  compare: CompareRun = comparing(store, settings),
): Promise<ShadowOverview> {
  const { model: name, share } = settings.shadow;
  const configured = name === null ? null : { model: name, share };
  const model = store.shadows.latestModel();
  if (model === null) {
    return { configured, model, comparison: null, runs: [], advice: adviceOf(configured, null) };
  }
  const all: RunFindings[] = [];
  const runs: ShadowOverview['runs'] = [];
  for (const runId of store.shadows.runsOf(model)) {
    const run = store.runs.get(runId);
    if (!run) continue;
    const { findings, comparison } = compare(runId, model);
    all.push(findings);
    const { sampleId, sampleLabel, name, lastTileAtMs } = run;
    runs.push({
      ...{ sampleId, sampleLabel, run: name },
      lastTileAt: new Date(lastTileAtMs).toISOString(),
      comparison,
    });
    await turn();
  }
  const comparison = comparisonOf(all);
  return { configured, model, comparison, runs, advice: adviceOf(configured, { model, comparison }) };
}

/** How long an overview serves all who ask, where something is written meanwhile. */
const FRESH_MS = 30_000;

/** `shadowOverview`, computed again only after a while, and only where something was written. */
export function rememberedOverview(
  store: StoreReader,
  settings: ShadowSettings,
): () => Promise<ShadowOverview> {
  let known: {
    readonly overview: Promise<ShadowOverview>;
    readonly atMs: number;
    readonly version: number;
  } | null = null;
  const compare = rememberedComparing(store, settings);
  return () => {
    const version = store.changes.dataVersion();
    const isFresh =
      known !== null && (known.version === version || performance.now() - known.atMs < FRESH_MS);
    if (known !== null && isFresh) return known.overview;
    const overview = shadowOverview(store, settings, compare);
    const now = { overview, atMs: performance.now(), version };
    known = now;
    overview.catch(() => {
      if (known === now) known = null; // the next who asks tries again
    });
    return overview;
  };
}
