import { useEffect, useRef, useState } from 'preact/hooks';
import { scaleBar } from '../../../../report/scale-length.ts';
import { counted, settingText } from '../../shell/figures.ts';
import type { View } from '../selection.ts';
import type { Size } from './camera.ts';
import type { PyramidLevels } from './grid-source.ts';
import type { Layout } from './places.ts';
import type { Scene } from './scene.ts';
import { type GridPoint, type GridViewer, gridViewer } from './viewer.ts';

interface Props {
  readonly layout: Layout;
  readonly pyramid: PyramidLevels | null;
  readonly scene: Scene;
  /** Where it is looked at first. */
  readonly start: View | null;
  /** Where to go; a new object is gone to, even to the same place. */
  readonly target: ((window: Size) => View) | null;
  readonly onPress: (point: GridPoint) => void;
  readonly onView: (view: View) => void;
  /** Says what is seen, for who does not see it. */
  readonly description: string;
}

/** The grid as one picture that is dragged and zoomed, by pointer, touch, keys or its buttons. */
export function GridPicture({ layout, pyramid, scene, start, target, onPress, onView, description }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const viewer = useRef<GridViewer | null>(null);
  const lastView = useRef<View | null>(null);
  const latest = useRef({ scene, target, onPress, onView });
  latest.current = { scene, target, onPress, onView };
  const [view, setView] = useState<View | null>(null);
  const [fault, setFault] = useState('');

  // Only another grid makes another picture.
  useEffect(() => {
    let isGone = false;
    // One that replaces another, as when more tiles have come, shows the same part of the grid.
    const from = lastView.current ?? start;
    const failed = new Set<string>();
    gridViewer(host.current!, layout, pyramid, from, {
      onPress: (point) => latest.current.onPress(point),
      onView: (now) => {
        lastView.current = now;
        setView(now);
        latest.current.onView(now);
      },
      onFault: (address) => {
        failed.add(address);
        setFault(
          `${counted(failed.size, 'picture')} could not be loaded; load the page again to try once more.`,
        );
      },
    }).then(
      (made) => {
        if (isGone) return made.remove();
        viewer.current = made;
        made.show(latest.current.scene);
        const { target: wanted } = latest.current;
        if (wanted && !from) made.goTo(wanted(made.window()), true);
        setView(made.view());
      },
      (error: unknown) => setFault(`The picture cannot be shown: ${String(error)}.`),
    );
    return () => {
      isGone = true;
      viewer.current?.remove();
      viewer.current = null;
    };
  }, [layout, pyramid]);
  useEffect(() => viewer.current?.show(scene), [scene]);
  useEffect(() => {
    const now = viewer.current;
    if (now && target) now.goTo(target(now.window()));
  }, [target]);

  return (
    <>
      <div class="grid-picture">
        <div
          ref={host}
          class="window"
          role="application"
          aria-label="Picture of the whole grid: arrow keys move it, plus and minus zoom, 0 shows all"
          aria-describedby="grid-described"
        />
        <p id="grid-described" class="hidden-visually">
          {description}
        </p>
        <fieldset class="zoom">
          <legend class="hidden-visually">Zoom</legend>
          <button type="button" aria-label="Zoom in" onClick={() => viewer.current?.zoomBy(1.6)}>
            +
          </button>
          <button type="button" aria-label="Zoom out" onClick={() => viewer.current?.zoomBy(1 / 1.6)}>
            −
          </button>
          <button type="button" aria-label="Show the whole grid" onClick={() => viewer.current?.wholeGrid()}>
            ⤢
          </button>
        </fieldset>
        {view && viewer.current && <Scale layout={layout} view={view} window={viewer.current.window()} />}
      </div>
      {fault !== '' && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </>
  );
}

/** A length to hold the picture against. */
function Scale({ layout, view, window }: { layout: Layout; view: View; window: Size }) {
  const umPerPx = (layout.widthPx * layout.pixelSizeUm) / (view.zoom * window.widthPx);
  const { lengthUm, text } = scaleBar(umPerPx * window.widthPx * 0.8);
  return (
    <div class="scale" role="img" aria-label={`Scale bar: ${text}, ${settingText(umPerPx, 'µm')} a pixel`}>
      <span>{text}</span>
      <span class="bar" style={{ width: `${lengthUm / umPerPx}px` }} />
    </div>
  );
}
