import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type SampleSummary, sampleSummary } from '../../src/report/sample/sample-summary.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { particledWith } from '../support/command.ts';
import { storeDiscRun } from '../support/disc-run.ts';
import { premises } from '../support/premises.ts';

const interpreter = resolve(process.env.TRAINING_PYTHON ?? '.venv/bin/python');

function python(...words: string[]): string {
  if (!existsSync(interpreter)) {
    throw new Error(
      `${interpreter}: no Python; make it as training/README.md says, or name another in TRAINING_PYTHON`,
    );
  }
  return execFileSync(interpreter, words, { encoding: 'utf8' });
}

/** Estimates as their values alone; without histograms and the distance to a fit, which are no counts, means or percentiles. */
function withoutIntervals(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if ('low95' in part && 'value' in part) return part.value;
  const left = new Set(['histogram', 'distance', 'fits']);
  return Object.fromEntries(
    Object.entries(part).flatMap(([name, value]) =>
      left.has(name) || value === null ? [] : [[name, withoutIntervals(value)]],
    ),
  );
}

function publishedOf({ statistics }: SampleSummary): unknown {
  const { all, certain, uncertain, shape, filter } = statistics;
  const effect = filter && { particlesLeftOut: filter.particlesLeftOut, unfiltered: filter.unfiltered };
  return withoutIntervals({ all, certain, uncertain, shape, ...(effect && { filter: effect }) });
}

describe('the tables of a whole grid of 12 x 24 tiles', () => {
  it.each(['csv', 'parquet'])('give every published figure in Python, as %s', async (format) => {
    const { folder, storeFile } = premises();
    const runId = storeDiscRun(storeFile, { rows: 12, columns: 24 });
    const store = openStoreReadOnly(storeFile);
    const summary = sampleSummary(store.summaries.latest(runId)?.payload);
    store.close();
    const out = join(folder, 'export');
    const variables = { PARTICLED_STORE_FILE: storeFile };
    const command = await particledWith(variables, 'export', '--format', format, '--out', out);
    expect(command.code, command.stderr).toBe(0);
    expect(command.stdout).toMatch(/^1 of 1 runs written to /);
    const computed: unknown = JSON.parse(python('examples/figures.py', out, format));
    expect(computed).toEqual(publishedOf(summary));
    expect(summary.statistics.all.count).toBeGreaterThan(1000);
  });

  it.each([
    { filter: 'circularity >= 0.95 and diameterEquivalentUm > 6' },
    { filter: 'areaUm2 > 100' },
    { diameter: 'feretMax' },
    { diameter: 'feretMin', filter: 'diameterFeretMinUm > 6' },
  ] as const)('give the figures with and without a filter, of any diameter: %j', async (statistics) => {
    const { folder, storeFile } = premises();
    const runId = storeDiscRun(storeFile, { rows: 4, columns: 5, statistics });
    const store = openStoreReadOnly(storeFile);
    const summary = sampleSummary(store.summaries.latest(runId)?.payload);
    store.close();
    const out = join(folder, 'export');
    const command = await particledWith({ PARTICLED_STORE_FILE: storeFile }, 'export', '--out', out);
    expect(command.code, command.stderr).toBe(0);
    expect(JSON.parse(python('examples/figures.py', out))).toEqual(publishedOf(summary));
    expect(summary.statistics.all.count).toBeGreaterThan(20);
    const leftOut = summary.statistics.filter?.particlesLeftOut ?? 0;
    expect(leftOut > 0).toBe('filter' in statistics);
  });

  it('are read by DuckDB, from many samples at once', async () => {
    const { folder, storeFile } = premises();
    for (const seed of [1, 2])
      storeDiscRun(storeFile, { rows: 2, columns: 3, seed, label: `powder ${seed}` });
    const out = join(folder, 'export');
    const variables = { PARTICLED_STORE_FILE: storeFile };
    const command = await particledWith(variables, 'export', '--format', 'parquet', '--out', out);
    expect(command.code, command.stderr).toBe(0);
    const query = `select s.sample, s.areaMeanUm2, sum(p.areaUm2 * p.weight) / sum(p.weight) from '${out}/particles.parquet' p
      join '${out}/samples.parquet' s using (sampleId, run) group by all order by all`;
    const script = 'import duckdb, json, sys; print(json.dumps(duckdb.sql(sys.argv[1]).fetchall()))';
    const rows = JSON.parse(python('-c', script, query)) as [string, number, number][];
    expect(rows.map(([sample]) => sample)).toEqual(['powder 1', 'powder 2']);
    for (const [, published, computed] of rows) expect(Number(computed.toPrecision(9))).toBe(published);
  });
});
