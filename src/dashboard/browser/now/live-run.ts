import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { LiveEvent } from '../../api/event.ts';
import type { RunDetail, RunEntry } from '../../api/run.ts';
import { ApiError, getJson, runPath } from '../shell/api.ts';
import { resets, useLive, whenFollowing } from '../shell/live.ts';
import { useThrottled } from '../shell/throttled.ts';
import { isMisplaced, isOf, withEvent } from './with-event.ts';

/** A run's summary comes at most so often into the page. */
const READ_EVERY_MS = 1_500;

export interface LiveRun {
  /** As of the last event; null before it was read. */
  readonly detail: RunDetail | null;
  readonly error: ApiError | null;
  readonly reload: () => void;
}

/** A run with its tiles, kept up to date by the events; null shows none. */
export function useLiveRun(entry: RunEntry | null): LiveRun {
  const [detail, setDetail] = useState<RunDetail | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [asked, setAsked] = useState(0);
  const meanwhile = useRef<LiveEvent[]>([]);
  const path = entry && runPath(entry.sampleId, entry.run);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  const reloadSoon = useThrottled(reload, READ_EVERY_MS);
  const reset = resets.value;

  useEffect(() => {
    if (path === null) return;
    const given = new AbortController();
    const since: LiveEvent[] = [];
    meanwhile.current = since;
    whenFollowing()
      .then(() => getJson<RunDetail>(path, given.signal))
      .then(
        (read) => {
          // What came while the answer was under way may be newer than it.
          setDetail(since.reduce(withEvent, read));
          setError(null);
        },
        (fault: unknown) => {
          if (!given.signal.aborted)
            setError(fault instanceof ApiError ? fault : new ApiError(0, String(fault)));
        },
      );
    return () => given.abort();
  }, [path, asked, reset]);

  useLive((event) => {
    meanwhile.current.push(event);
    setDetail((before) => before && withEvent(before, event));
    if (detail === null) return;
    if ((event.type === 'summary' && isOf(detail, event)) || isMisplaced(detail, event)) reloadSoon();
  });
  const isShown = detail !== null && entry !== null && isOf(detail, entry);
  return { detail: isShown ? detail : null, error, reload };
}
