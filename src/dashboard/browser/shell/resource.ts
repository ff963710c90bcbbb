import { useCallback, useEffect, useState } from 'preact/hooks';
import { ApiError, getJson } from './api.ts';
import { resets, whenFollowing } from './live.ts';

export interface Resource<Answer> {
  /** The latest answer; it stays while a newer one is read. Null before the first. */
  readonly data: Answer | null;
  /** Why the latest could not be read; null where it could. */
  readonly error: ApiError | null;
  readonly isLoading: boolean;
  /** Reads it anew. */
  readonly reload: () => void;
}

/**
 * What the API answers to a path, read when the path changes, when `reload` is called, and when what was read may be old
 * (after a gap in the events). Null reads nothing.
 */
export function useResource<Answer>(path: string | null): Resource<Answer> {
  const [state, setState] = useState<{ path: string | null; data: Answer | null; error: ApiError | null }>({
    path,
    data: null,
    error: null,
  });
  const [asked, setAsked] = useState(0);
  const [isLoading, setLoading] = useState(path !== null);
  const reload = useCallback(() => setAsked((count) => count + 1), []);
  const reset = resets.value;
  useEffect(() => {
    if (path === null) return;
    const given = new AbortController();
    setLoading(true);
    whenFollowing()
      .then(() => getJson<Answer>(path, given.signal))
      .then(
        (data) => {
          setState({ path, data, error: null });
          setLoading(false);
        },
        (error: unknown) => {
          if (given.signal.aborted) return;
          const fault = error instanceof ApiError ? error : new ApiError(0, String(error));
          setState((before) => ({ path, data: before.path === path ? before.data : null, error: fault }));
          setLoading(false);
        },
      );
    return () => given.abort();
  }, [path, asked, reset]);
  return { data: state.data, error: state.error, isLoading, reload };
}
