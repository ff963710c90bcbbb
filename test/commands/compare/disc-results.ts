import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SampleSummary, sampleSummary } from '../../../src/report/sample/sample-summary.ts';
import { openRunTables } from '../../../src/report/tables/run-tables.ts';
import { csvDialect } from '../../../src/report/tables/table-settings.ts';
import { openStoreReadOnly } from '../../../src/store/database.ts';
import { type DiscRun, storeDiscRun } from '../../support/disc-run.ts';

/** Writes a run of discs into a folder of results, as particled analyse --out does: tables and summary. */
export async function writeDiscResults(folder: string, run: DiscRun, name = 'run'): Promise<SampleSummary> {
  const label = run.label ?? 'discs';
  const inside = join(folder, label, name);
  mkdirSync(inside, { recursive: true });
  const storeFile = join(inside, 'store.db');
  const id = storeDiscRun(storeFile, run);
  const store = openStoreReadOnly(storeFile);
  try {
    const payload = store.summaries.latest(id)?.payload;
    const summary = sampleSummary(payload);
    const dialect = csvDialect({ csvSeparator: 'comma', csvDecimalMark: 'point' });
    const tables = await openRunTables(inside, ['parquet'], dialect, { withSamples: false });
    await tables.add({
      summary,
      tiles: store.tiles.ofRun(id),
      columns: [...store.particles.columnsOfRun(id)],
      pieces: store.particles.rowsOfRun(id),
    });
    await tables.close();
    writeFileSync(join(inside, 'summary.json'), JSON.stringify({ ...Object(payload), sequence: null }));
    return summary;
  } finally {
    store.close();
  }
}
