import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { type Selection, searchOf, selectionOf, type View } from './selection.ts';

export interface Chosen {
  /** Without the view, which changes too often to draw the page anew. */
  readonly selection: Selection;
  /** Changes what is chosen; as a step, the browser's way back undoes it. */
  readonly choose: (change: Partial<Selection>, isStep?: boolean) => void;
  /** Writes where the picture is looked at into the address. */
  readonly keepView: (view: View) => void;
}

/** What is chosen, as the address holds it; the browser's way back and forward changes it, too. */
export function useSelection(): Chosen {
  const { url } = useLocation();
  const [selection, setSelection] = useState(() => selectionOf(location.search));
  const latest = useRef(selection);
  // The address is read anew when the router says that it changed.
  useEffect(() => {
    const now = selectionOf(location.search);
    if (searchOf(now) === searchOf(latest.current)) return;
    latest.current = now;
    setSelection(now);
  }, [url]);

  const write = useCallback((next: Selection, isStep: boolean) => {
    latest.current = next;
    const address = `${location.pathname}${searchOf(next)}`;
    if (isStep) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }, []);
  const choose = useCallback(
    (change: Partial<Selection>, isStep = false) => {
      const next = { ...latest.current, ...change };
      if (searchOf(next) === searchOf(latest.current)) return;
      write(next, isStep);
      setSelection(next);
    },
    [write],
  );
  const keepView = useCallback((view: View) => write({ ...latest.current, view }, false), [write]);
  return { selection, choose, keepView };
}
