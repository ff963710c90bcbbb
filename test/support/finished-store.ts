import { openStore, type Store } from '../../src/store/database.ts';
import { type SampleOfNight, summaryOf } from '../report/night/nights.ts';
import { exampleRun } from '../store/examples.ts';

/** A store with a finished run for each sample, whose summary was made at its time. */
export function storeOfSamples(file: string, samples: readonly SampleOfNight[]): Store {
  const store = openStore(file);
  for (const [index, sample] of samples.entries()) {
    const summary = summaryOf(sample);
    const { id } = store.runs.create({
      ...exampleRun,
      ...{ sampleId: summary.sample.id, sampleLabel: summary.sample.label, name: `run-${index}` },
      folder: `/export/${index}`,
    });
    store.summaries.save(id, 'complete', (revision) => ({
      ...{ topic: 'summary', retain: true },
      payload: { ...summary, run: `run-${index}`, revision },
    }));
  }
  return store;
}
