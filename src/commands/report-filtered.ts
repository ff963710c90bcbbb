import { readFilter } from '../config/particle-filter.ts';
import type { Config } from '../config/schema.ts';
import { loadModels, packagedModelsFolder } from '../inference/model/model-folder.ts';
import { withPublishedDigits } from '../publish/published-digits.ts';
import { type SampleSummary, sampleSummary } from '../report/sample/sample-summary.ts';
import { writeSampleFiles } from '../report/sample/sample-writing.ts';
import { assessRun, configuredGoals, goalsOf } from '../run/assessment.ts';
import { digestSettings, runDigest } from '../run/digest.ts';
import type { ReportOrder } from '../run/reporter.ts';
import type { StoreReader } from '../store/database.ts';

export interface FilteredReport extends ReportOrder {
  readonly filter: string;
}

/** Writes the files of a sample as they would be with a filter: what would be published, while the store stays as it is. */
export async function writeFiltered(
  config: Config,
  store: StoreReader,
  { runId, folder, filter }: FilteredReport,
): Promise<void> {
  const models = await loadModels(config.models.folder ?? packagedModelsFolder);
  const inForce = { filter: readFilter(filter), from: 'request' } as const;
  const digest = runDigest(store, runId, digestSettings(config, models), inForce);
  const { published, ...record } = store.snapshot(() => ({
    published: sampleSummary(store.summaries.latest(runId)?.payload),
    tiles: store.tiles.ofRun(runId),
    columns: [...store.particles.columnsOfRun(runId)],
  }));
  const { final, state, at, sample } = published;
  const goals = goalsOf(configuredGoals(config), store.expectations.get(sample.id));
  const moment = { final, state, sufficientAtMs: null, nowMs: Date.parse(at) };
  const { sufficiency, decision } = assessRun(digest, goals, moment);
  const filtered = { ...published, statistics: digest.statistics, sufficiency, decision };
  const summary: SampleSummary = sampleSummary(withPublishedDigits(filtered));
  const pieces = store.particles.rowsOfRun(runId);
  await writeSampleFiles(folder, { ...record, summary, pieces }, config.report);
}
