import type { PrecisionPoint } from '../../api/precision.ts';
import type { RunEntry } from '../../api/run.ts';
import { type ApiError, runPath } from '../shell/api.ts';
import { useResource } from '../shell/resource.ts';

/** The figures of a run's revisions, one for each number of tiles, and those of now at the end. */
export function useNarrowing(entry: RunEntry): {
  readonly points: readonly PrecisionPoint[];
  readonly error: ApiError | null;
} {
  const { sampleId, run } = entry;
  const path = `${runPath(sampleId, run, 'precision')}?revision=${entry.revision}`;
  const { data, error } = useResource<{ points: PrecisionPoint[] }>(entry.revision === 0 ? null : path);
  return { points: data?.points ?? [], error };
}
