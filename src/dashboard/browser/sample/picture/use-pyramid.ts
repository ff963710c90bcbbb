import { useEffect, useMemo, useState } from 'preact/hooks';
import type { PyramidState } from '../../../api/pyramid.ts';
import type { RunDetail } from '../../../api/run.ts';
import { API, runPath } from '../../shell/api.ts';
import { useResource } from '../../shell/resource.ts';
import type { PyramidLevels } from './grid-source.ts';

/** How often is looked whether one that is being made is done. */
const LOOK_MS = 4_000;

/**
 * The pyramid of a run as a source of levels; null where there is none, or not yet: then the tiles' own pictures do. Undefined
 * until the server has said so.
 */
export function usePyramid({ entry, rows, columns }: RunDetail): PyramidLevels | null | undefined {
  const { sampleId, run, revision } = entry;
  const { data, error, reload } = useResource<PyramidState>(runPath(sampleId, run, 'pyramid'));
  const [read, setRead] = useState(revision);
  const isBeingMade = data?.state === 'being-made' || (data?.state === 'ready' && !data.current);
  useEffect(() => {
    if (!isBeingMade) return;
    const timer = setInterval(reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [isBeingMade, reload]);
  useEffect(() => {
    if (read === revision) return;
    setRead(revision);
    reload();
  }, [read, revision, reload]);
  const key = data?.state === 'ready' && data.rows === rows && data.columns === columns ? data.key : null;
  // The key names what the answer says.
  const levels = useMemo(() => {
    if (key === null || data?.state !== 'ready') return null;
    const path = `${API}/${runPath(sampleId, run, 'pyramid')}`;
    const { levels, pictureWidthPx } = data;
    const address = (level: number, row: number, column: number) =>
      `${path}/${level}/${row}/${column}.jpg?key=${key}`;
    return { levels, rows, columns, pictureWidthPx, address };
  }, [key, sampleId, run]);
  return data || error ? levels : undefined;
}
