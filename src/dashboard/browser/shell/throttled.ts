import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

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

/** A value that follows another at most every `everyMs`, and always ends at its last. */
export function useThrottledValue<Value extends string | undefined>(value: Value, everyMs: number): Value {
  const [shown, setShown] = useState(value);
  const latest = useRef(value);
  latest.current = value;
  const show = useCallback(() => setShown(latest.current), []);
  const showSoon = useThrottled(show, everyMs);
  useEffect(showSoon, [value, showSoon]);
  return shown;
}
