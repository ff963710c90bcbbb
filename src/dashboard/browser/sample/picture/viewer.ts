import type OpenSeadragon from 'openseadragon';
import { leaveOutOwnSheet } from '../../shell/viewer-sheet.ts';
import type { View } from '../selection.ts';
import { type Camera, cameraOf, type Size, wholeGrid } from './camera.ts';
import { gridSource, type PyramidLevels } from './grid-source.ts';
import { outlineSheet } from './outline-sheet.ts';
import type { Layout } from './places.ts';
import type { Scene } from './scene.ts';

export interface GridPoint {
  readonly x: number;
  readonly y: number;
  /** Pixels of the grid for one on the screen. */
  readonly perScreenPx: number;
}

export interface GridViewer {
  show(scene: Scene): void;
  /** Goes there; at once where the reader wants no motion or `isInstant`. */
  goTo(view: View, isInstant?: boolean): void;
  /** Shows more or less around the middle. */
  zoomBy(factor: number): void;
  wholeGrid(): void;
  view(): View;
  window(): Size;
  remove(): void;
}

export interface ViewerEvents {
  /** Somebody points at a place of the grid and presses. */
  onPress(point: GridPoint): void;
  /** The picture stands still at another place than before. */
  onView(view: View): void;
  /** A picture of this address could not be had. */
  onFault(address: string): void;
}

/** How far a pixel of a tile may be enlarged. */
const ENLARGED_MAX = 6;

/**
 * The grid's picture in `host`, to be dragged and zoomed, its outlines over it.
 * @param start where it is looked at first; null for the whole
 */
export async function gridViewer(
  host: HTMLElement,
  layout: Layout,
  pyramid: PyramidLevels | null,
  start: View | null,
  events: ViewerEvents,
): Promise<GridViewer> {
  const { default: viewers } = await import('openseadragon');
  leaveOutOwnSheet();
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = new viewers.Viewer({
    ...{ element: host, tileSources: [], drawer: 'canvas', crossOriginPolicy: false },
    ...{ showNavigationControl: false, showNavigator: false, autoResize: true },
    ...{ gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: true } },
    ...{ animationTime: isStill ? 0 : 0.35, springStiffness: 8, blendTime: 0, alwaysBlend: false },
    ...{ imageLoaderLimit: 6, maxImageCacheCount: 420, minPixelRatio: 0.8 },
    ...{ maxZoomPixelRatio: ENLARGED_MAX, minZoomImageRatio: 0.8, visibilityRatio: 0.3 },
    placeholderFillStyle: '#3a4047',
  } as OpenSeadragon.Options);
  const sheet = outlineSheet(viewer.canvas);
  const grid = { widthPx: layout.widthPx, heightPx: layout.heightPx };

  const windowSize = (): Size => ({
    widthPx: viewer.canvas.clientWidth,
    heightPx: viewer.canvas.clientHeight,
  });

  function view(): View {
    const { x, y } = viewer.viewport.getCenter(true);
    return { x, y: (y * layout.widthPx) / layout.heightPx, zoom: viewer.viewport.getZoom(true) };
  }

  function camera(): Camera {
    return cameraOf(view(), grid, windowSize());
  }

  function goTo({ x, y, zoom }: View, isInstant = isStill): void {
    viewer.viewport.zoomTo(zoom, undefined, isInstant);
    viewer.viewport.panTo(new viewers.Point(x, (y * layout.heightPx) / layout.widthPx), isInstant);
    viewer.viewport.applyConstraints(isInstant);
  }

  const first = new Promise<void>((resolve) => {
    viewer.addOnceHandler('open', () => {
      goTo(start ?? wholeGrid(grid, windowSize()), true);
      sheet.follow(camera());
      resolve();
    });
  });
  viewer.open({ tileSource: gridSource(viewers, layout, pyramid, events.onFault) });
  await first;
  viewer.addHandler('update-viewport', () => sheet.follow(camera()));
  viewer.addHandler('animation-finish', () => {
    sheet.settle();
    events.onView(view());
  });
  viewer.addHandler('canvas-click', ({ quick, position }) => {
    if (!quick) return;
    const { scale, leftPx, topPx } = camera();
    events.onPress({
      x: (position.x - leftPx) / scale,
      y: (position.y - topPx) / scale,
      perScreenPx: 1 / scale,
    });
  });

  return {
    show: sheet.show,
    goTo,
    zoomBy(factor) {
      viewer.viewport.zoomBy(factor, undefined, isStill);
      viewer.viewport.applyConstraints(isStill);
    },
    wholeGrid: () => goTo(wholeGrid(grid, windowSize())),
    view,
    window: windowSize,
    remove() {
      sheet.remove();
      viewer.destroy();
    },
  };
}
