import { useCallback, useEffect, useRef } from 'preact/hooks';

/** Calls at once, and then at most every `everyMs`; the last of many calls is never lost. */
export function useThrottled(call: () => void, everyMs: number): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const calledAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(() => {
    if (timer.current !== undefined) return;
    const waitMs = Math.max(0, calledAtMs.current + everyMs - performance.now());
    timer.current = setTimeout(() => {
      timer.current = undefined;
      calledAtMs.current = performance.now();
      call();
    }, waitMs);
  }, [call, everyMs]);
}
