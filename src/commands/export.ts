import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/schema.ts';
import { messageOf } from '../errors.ts';
import { sampleSummary } from '../report/sample/sample-summary.ts';
import {
  openRunTables,
  type RunTables,
  type TabledRun,
  type TableFormat,
} from '../report/tables/run-tables.ts';
import { csvDialect } from '../report/tables/table-settings.ts';
import { openStoreReadOnly, type StoreReader } from '../store/database.ts';
import { rowsFault } from '../store/kept-rows.ts';
import type { StoredRun } from '../store/runs.ts';
import { dayBegins } from './local-day.ts';

export interface ExportOptions {
  /** First and last day, YYYY-MM-DD, on which the last tile of a run came. */
  readonly since?: string;
  readonly until?: string;
  /** A sample's id or label. */
  readonly sample?: string;
  readonly run?: string;
  readonly format: TableFormat;
  readonly out: string;
}

/**
 * Writes the tables of many runs, each kind into one file, run after run: memory holds one run at most. Beside a running
 * daemon or without one, from the store alone.
 */
export async function exportTables(config: Config, options: ExportOptions): Promise<void> {
  const wanted = filterOf(config, options);
  const store = openStoreReadOnly(config.store.file);
  try {
    const runs = store.runs.all().filter(wanted).reverse();
    if (runs.length === 0) throw new Error(noRunText(store, options));
    const folder = resolve(options.out);
    mkdirSync(folder, { recursive: true });
    const tables = await openRunTables(folder, [options.format], csvDialect(config.report), {
      withSamples: true,
    });
    const count = await addAll(tables, store, runs).catch(async (error: unknown) => {
      await tables.abandon();
      throw error;
    });
    await tables.close();
    console.log(
      `${count} of ${runs.length} runs written to ${folder}: particles, pieces, tiles, samples (.${options.format})`,
    );
  } finally {
    store.close();
  }
}

/** A run that cannot be read is said and left out. */
async function addAll(tables: RunTables, store: StoreReader, runs: readonly StoredRun[]): Promise<number> {
  let count = 0;
  for (const run of runs) {
    const tabled = tabledRun(store, run);
    if ('fault' in tabled) {
      console.error(`${run.sampleId}/${run.name}: left out: ${tabled.fault}`);
      continue;
    }
    await tables.add(tabled);
    count++;
  }
  return count;
}

function tabledRun(store: StoreReader, stored: StoredRun): TabledRun | { readonly fault: string } {
  const { id } = stored;
  const deleted = rowsFault(stored);
  if (deleted !== null) return { fault: deleted };
  const { summary, ...run } = store.snapshot(() => ({
    summary: store.summaries.latest(id),
    tiles: store.tiles.ofRun(id),
    columns: [...store.particles.columnsOfRun(id)],
  }));
  if (!summary) return { fault: 'it has no summary yet; one follows its first tile' };
  try {
    return { ...run, summary: sampleSummary(summary.payload), pieces: store.particles.rowsOfRun(id) };
  } catch (error) {
    return { fault: messageOf(error) };
  }
}

function filterOf(config: Config, { since, until, sample, run }: ExportOptions): (run: StoredRun) => boolean {
  const from = since === undefined ? Number.NEGATIVE_INFINITY : dayBegins(config, 'since', since);
  const to = until === undefined ? Number.POSITIVE_INFINITY : dayBegins(config, 'until', until, 1);
  if (from >= to) throw new Error(`--since ${since} --until ${until}: the last day lies before the first`);
  return ({ sampleId, sampleLabel, name, lastTileAtMs }) =>
    (sample === undefined || sample === sampleId || sample === sampleLabel) &&
    (run === undefined || run === name) &&
    lastTileAtMs >= from &&
    lastTileAtMs < to;
}

function noRunText({ runs }: StoreReader, options: ExportOptions): string {
  const { since, until, sample, run } = options;
  const asked = Object.entries({ since, until, sample, run })
    .flatMap(([name, value]) => (value === undefined ? [] : [`--${name} ${value}`]))
    .join(' ');
  const all = runs.all();
  if (all.length === 0) return 'the store holds no run yet; its runs are listed by particled status';
  const known = [...new Set(all.map(({ sampleLabel, sampleId }) => sampleLabel || sampleId))]
    .slice(0, 5)
    .join(', ');
  return `${asked}: no run of ${all.length} is so; the last samples are ${known}`;
}
