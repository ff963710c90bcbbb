import type { RunEntry } from '../../api/run.ts';
import type { ApiError } from '../shell/api.ts';
import { useLive } from '../shell/live.ts';
import { useResource } from '../shell/resource.ts';

/** A run under way has had a tile of late, so it is among the latest. */
const LOOKED_AT = 20;

export interface LatestRun {
  /** The run under way, else the latest; null where there is none, or it is not yet known. */
  readonly entry: RunEntry | null;
  readonly isKnown: boolean;
  readonly error: ApiError | null;
  readonly reload: () => void;
}

/** The run that Now is about. */
export function useLatestRun(): LatestRun {
  const { data, error, reload } = useResource<{ runs: RunEntry[] }>(`runs?limit=${LOOKED_AT}`);
  const entry = data === null ? null : latestOf(data.runs);
  useLive((event) => {
    if (event.type !== 'run') return;
    const known = data?.runs.find(
      ({ sampleId, run }) => sampleId === event.entry.sampleId && run === event.entry.run,
    );
    // Another one has begun, or this one has ended.
    if (known?.state !== event.entry.state) reload();
  });
  return { entry, isKnown: data !== null, error, reload };
}

function latestOf(runs: readonly RunEntry[]): RunEntry | null {
  return runs.find(({ state }) => state === 'filling') ?? runs[0] ?? null;
}
