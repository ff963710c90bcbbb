import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Pen } from '../outlines/pen.ts';

/** A press that moves less is a tap. */
const TAP_MAX_PX = 6;

interface Pointed {
  readonly clientX: number;
  readonly clientY: number;
}

/**
 * A line drawn by a pointer: dragged from end to end, or tapped corner by corner and ended where it is tapped twice.
 * @returns ends it
 */
export function followLine(
  element: HTMLElement,
  isOn: () => boolean,
  placeAt: (event: Pointed) => PointPx,
  onLine: (pen: Pen, isDone: boolean) => void,
): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  let corners: PointPx[] = [];
  let pressed: PointerEvent | null = null;
  const farFrom = (one: Pointed, other: Pointed) =>
    Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) > TAP_MAX_PX;
  element.addEventListener(
    'pointerdown',
    (event) => {
      if (!isOn() || event.button !== 0) {
        corners = [];
        return;
      }
      element.setPointerCapture(event.pointerId);
      pressed = event;
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      if (!isOn()) return;
      const begun = corners.length === 0 && pressed !== null ? [placeAt(pressed)] : corners;
      if (begun.length > 0) onLine({ corners: begun, at: placeAt(event) }, false);
    },
    { signal },
  );
  element.addEventListener(
    'pointerup',
    (event) => {
      if (!isOn() || pressed === null) return;
      const isDrag = farFrom(pressed, event);
      if (isDrag && corners.length === 0) corners = [placeAt(pressed)];
      const at = placeAt(event);
      pressed = null;
      corners = [...corners, at];
      onLine({ corners, at }, isDrag);
      if (isDrag) corners = [];
    },
    { signal },
  );
  element.addEventListener(
    'dblclick',
    (event) => {
      if (!isOn()) return;
      // The second press of the two has set the last corner twice.
      const done = corners.slice(0, -1);
      corners = [];
      onLine({ corners: done, at: placeAt(event) }, true);
    },
    { signal },
  );
  return () => listening.abort();
}
