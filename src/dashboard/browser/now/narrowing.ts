import { useState } from 'preact/hooks';
import type { PrecisionPoint } from '../../api/precision.ts';
import type { RunEntry } from '../../api/run.ts';
import { type ApiError, runPath } from '../shell/api.ts';
import { useLive } from '../shell/live.ts';
import { useResource } from '../shell/resource.ts';
import { withPoints } from './narrowing-points.ts';

/** The figures of a run's revisions, one for each number of tiles, those of now at the end: read once, then told by events. */
export function useNarrowing({ sampleId, run, revision }: RunEntry): {
  readonly points: readonly PrecisionPoint[];
  readonly error: ApiError | null;
} {
  const path = revision === 0 ? null : runPath(sampleId, run, 'precision');
  const { data, error, reload } = useResource<{ points: PrecisionPoint[] }>(path);
  const [told, setTold] = useState<{
    readonly path: string | null;
    readonly points: readonly PrecisionPoint[];
  }>({
    path,
    points: [],
  });
  const toldHere = told.path === path ? told.points : [];
  useLive((event) => {
    if (event.type !== 'summary' || event.sampleId !== sampleId || event.run !== run) return;
    const { precision } = event;
    if (precision === undefined) reload();
    else
      setTold(({ path: of, points }) => ({
        path,
        points: withPoints(of === path ? points : [], [precision]),
      }));
  });
  return { points: withPoints(data?.points ?? [], toldHere), error };
}
