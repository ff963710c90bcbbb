import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** The width of an element in px, so that what is drawn in it has letters of their own size; 0 before it is there. */
export function useWidth<Element_ extends Element>(): {
  readonly ref: RefObject<Element_ | null>;
  readonly widthPx: number;
} {
  const ref = useRef<Element_>(null);
  const [widthPx, setWidth] = useState(0);
  useEffect(() => {
    if (ref.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, widthPx };
}
