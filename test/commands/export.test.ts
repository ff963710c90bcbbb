import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type ExportOptions, exportTables } from '../../src/commands/export.ts';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { openStore } from '../../src/store/database.ts';
import { storeDiscRun } from '../support/disc-run.ts';
import { premises } from '../support/premises.ts';

const day = (date: string) => Date.parse(`${date}T12:00:00Z`);

/** Three runs of two samples on two days, of which the store keeps the last day's last. */
function threeRuns() {
  const { folder, storeFile } = premises();
  const size = { rows: 1, columns: 2 };
  storeDiscRun(storeFile, { ...size, label: '=1+1', seed: 1, lastTileAtMs: day('2026-11-21') });
  storeDiscRun(storeFile, { ...size, label: '=1+1', seed: 2, lastTileAtMs: day('2026-11-23') });
  storeDiscRun(storeFile, { ...size, label: 'µ powder', seed: 3, lastTileAtMs: day('2026-11-23') });
  const out = join(folder, 'tables');
  return {
    out,
    storeFile,
    /** The runs that are in the table of samples, and what was said. */
    async exported(options: Partial<ExportOptions>, report: Partial<Config['report']> = {}) {
      const said: string[] = [];
      for (const way of ['log', 'error'] as const) {
        const spy = vi.spyOn(console, way).mockImplementation((text: string) => void said.push(text));
        onTestFinished(() => spy.mockRestore());
      }
      const config = configSchema.parse({ store: { file: storeFile }, mail: { timeZone: 'UTC' }, report });
      await exportTables(config, { format: 'csv', out, ...options });
      const text = readFileSync(join(out, 'samples.csv'), 'utf8');
      return { said, runs: [...text.matchAll(/\brun-\d/g)].map(([name]) => name) };
    },
  };
}

describe('the export of tables', () => {
  it('takes all runs, those of some days, of a sample by label or id, or one run', async () => {
    const { exported, out } = threeRuns();
    expect((await exported({})).runs).toEqual(['run-1', 'run-2', 'run-3']);
    expect(readdirSync(out).sort()).toEqual(['particles.csv', 'pieces.csv', 'samples.csv', 'tiles.csv']);
    expect((await exported({ since: '2026-11-22' })).runs).toEqual(['run-2', 'run-3']);
    expect((await exported({ until: '2026-11-21' })).runs).toEqual(['run-1']);
    expect((await exported({ since: '2026-11-23', sample: '=1+1' })).runs).toEqual(['run-2']);
    expect((await exported({ sample: '--powder' })).runs).toEqual(['run-3']);
    expect((await exported({ run: 'run-1' })).runs).toEqual(['run-1']);
  });

  it('keeps a label and tile names that look like formulas as text, in the dialect of the configuration', async () => {
    const { exported, out } = threeRuns();
    await exported({ since: '2026-11-22' }, { csvSeparator: 'semicolon', csvDecimalMark: 'comma' });
    const text = readFileSync(join(out, 'particles.csv'), 'utf8');
    expect(text.startsWith('\uFEFFsampleId;sample;run;particle;areaUm2;')).toBe(true);
    expect(text).toMatch(/^'-1-1;'=1\+1;run-2;0;\d+;\d+,\d+;\d+,\d+;true;1,\d+;/m);
    expect(text).toContain(";'=1+1_0.tif;0;0;");
    expect(text).not.toMatch(/(^|;)[=+@]/m);
  });

  it('says which run it leaves out, and why', async () => {
    const { exported, storeFile } = threeRuns();
    const store = openStore(storeFile);
    const [newest] = store.runs.all();
    const payload = { schema: 'particled/summary/1' };
    store.summaries.save(newest!.id, 'complete', () => ({ topic: 'a', retain: true, payload }));
    store.close();
    const { said, runs } = await exported({ since: '2026-11-22' });
    expect(runs).toEqual(['run-2']);
    expect(said[0]).toMatch(
      /^--powder\/run-3: left out: the summary is of particled\/summary\/1 and this version reads particled\/summary\/3/,
    );
    expect(said[1]).toMatch(/^1 of 2 runs written to /);
  });

  it('names what was asked for where there is nothing, and a date that is none', async () => {
    const { exported, out } = threeRuns();
    await expect(exported({ sample: 'LiCoO2', since: '2026-11-01' })).rejects.toThrow(
      '--since 2026-11-01 --sample LiCoO2: no run of 3 is so; the last samples are µ powder, =1+1',
    );
    await expect(exported({ since: 'yesterday' })).rejects.toThrow(
      '--since yesterday: is no date; give one as',
    );
    await expect(exported({ since: '2026-11-23', until: '2026-11-21' })).rejects.toThrow(
      '--since 2026-11-23 --until 2026-11-21: the last day lies before the first',
    );
    expect(existsSync(out)).toBe(false);
  });
});
