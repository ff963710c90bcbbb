import { CommandRefusedError, type Requests } from '../publish/command-kinds.ts';
import { topicSegment } from '../publish/topics.ts';
import type { Runs, StoredRun } from '../store/runs.ts';

/**
 * The run that is named, else the sample's latest, as it was when the request was made.
 * @throws CommandRefusedError naming the latest runs of the sample
 */
export function runAsked(
  { runs: all }: { readonly runs: Pick<Runs, 'ofSample'> },
  { sample, run: name, at }: Pick<Requests['finalise'], 'sample' | 'run' | 'at'>,
): StoredRun {
  const runs = all.ofSample(topicSegment(sample));
  const madeAtMs = at === undefined ? Number.POSITIVE_INFINITY : Date.parse(at);
  const found = runs.find((run) => (name === undefined ? run.createdAtMs <= madeAtMs : run.name === name));
  if (found) return found;
  const latest = runs.slice(0, 5).map((run) => run.name);
  if (runs.length === 0) {
    throw new CommandRefusedError(
      `${JSON.stringify(sample.slice(0, 80))}: no run of this sample; give its label as at the microscope`,
    );
  }
  throw new CommandRefusedError(
    name === undefined
      ? `at: no run of this sample had begun at ${at}; name one: its latest are ${latest.join(', ')}`
      : `${name.slice(0, 80)}: no such run of this sample; its latest are ${latest.join(', ')}`,
  );
}
