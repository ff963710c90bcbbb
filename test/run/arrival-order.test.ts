import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { SummaryMessage } from '../../src/publish/schema/summary.ts';
import { openStoreReadOnly } from '../../src/store/database.ts';
import { type DiscRun, storeDiscRun } from '../support/disc-run.ts';

function publishedOf(run: DiscRun): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'particled-order-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'particled.db');
  const runId = storeDiscRun(file, run);
  const store = openStoreReadOnly(file);
  const { statistics, duplicateCount } = store.summaries.latest(runId)!.payload as SummaryMessage;
  store.close();
  return { statistics, duplicateCount };
}

it('the same tiles give the same figures and intervals in whatever order they came, overlapping ones too', () => {
  for (const overlap of [0, 0.3]) {
    const run = { rows: 3, columns: 4, overlap };
    expect(publishedOf({ ...run, isReversed: true })).toEqual(publishedOf(run));
  }
});
