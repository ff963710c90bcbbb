import '@annotorious/annotorious/annotorious.css';
import OpenSeadragon from 'openseadragon';
import type { PointPx } from '../../../../measure/convex-hull.ts';
import type { Outline } from '../../../../measure/correction.ts';
import { boundsOf } from '../../../../measure/outline-mask.ts';
import type { FramePx } from '../../../../measure/simplified-ring.ts';
import { leaveOutOwnSheet } from '../../shell/viewer-sheet.ts';
import type { Pen } from '../outlines/pen.ts';
import { type AnnotatorListeners, type OutlineAnnotator, outlineAnnotator } from './annotator.ts';
import { followLine } from './line-pointer.ts';
import { type PenLayer, penLayer } from './pen-layer.ts';

export interface TileCanvasOptions extends AnnotatorListeners {
  readonly pictureAddress: string;
  readonly tile: FramePx;
  /** Somebody pointed at a place of the tile; adding to what is chosen where a key says so. */
  readonly onPick: (place: PointPx, isAdding: boolean) => void;
  /** The tile's picture did not come. */
  readonly onNoPicture: () => void;
  /** A line being drawn by the pointer, and whether it is done. */
  readonly onLine: (pen: Pen, isDone: boolean) => void;
}

export interface TileCanvas extends OutlineAnnotator, Pick<PenLayer, 'showPen' | 'showHeld'> {
  /** Moves the view so that an outline is seen; near, so that its corners can be told apart. */
  goTo(outline: Outline, isNear: boolean): void;
  zoom(factor: number): void;
  showAll(): void;
  /** Middle of what is seen, in pixels of the tile. */
  middle(): PointPx;
}

/**
 * One tile in OpenSeadragon, with Annotorious over it. Annotorious is laid over the picture as one of OpenSeadragon's
 * overlays, drawing SVG: its own plugin for OpenSeadragon draws with WebGL, which browsers on remote desktops lack, and
 * makes functions of texts, which the page's content security policy forbids.
 */
export function tileCanvas(host: HTMLElement, options: TileCanvasOptions): TileCanvas {
  const { tile } = options;
  leaveOutOwnSheet();
  const viewer = OpenSeadragon({
    element: host,
    drawer: 'canvas',
    showNavigationControl: false,
    maxZoomPixelRatio: 12,
    visibilityRatio: 0.5,
    // The daemon makes pictures when there is time, tiles first.
    ...{ tileRetryMax: 5, tileRetryDelay: 3_000 },
    animationTime: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 0.4,
    gestureSettingsMouse: { clickToZoom: false, dblClickToZoom: false },
    gestureSettingsTouch: { clickToZoom: false, dblClickToZoom: false },
    // Its size is known, so that outlines can be seen before the picture, and without it.
    tileSources: {
      ...{ width: tile.widthPx, height: tile.heightPx, minLevel: 0, maxLevel: 0 },
      tileSize: Math.max(tile.widthPx, tile.heightPx),
      getTileUrl: () => options.pictureAddress,
    },
  });
  viewer.canvas.setAttribute('role', 'group');
  viewer.canvas.setAttribute('aria-label', 'The tile with its outlines; the list of pieces has the same');
  const overlay = document.createElement('div');
  overlay.className = 'tile-overlay';
  viewer.addHandler('open', () => {
    const location = new OpenSeadragon.Rect(0, 0, 1, tile.heightPx / tile.widthPx);
    viewer.addOverlay({ element: overlay, location });
  });
  viewer.addHandler('tile-load-failed', options.onNoPicture);
  const annotator = outlineAnnotator(overlay, tile, options);
  const pen = penLayer(tile);
  overlay.append(pen.element);
  const placeAt = ({ clientX, clientY }: { clientX: number; clientY: number }): PointPx => {
    const { left, top, width } = overlay.getBoundingClientRect();
    return { x: ((clientX - left) * tile.widthPx) / width, y: ((clientY - top) * tile.widthPx) / width };
  };
  const stopLine = followLine(overlay, () => overlay.dataset.tool === 'split', placeAt, options.onLine);
  // What a tool takes is no dragging of the picture.
  for (const type of ['pointerdown', 'pointerup', 'click', 'dblclick']) {
    overlay.addEventListener(type, (event) => event.stopPropagation());
  }
  viewer.addHandler('canvas-key', (event) => {
    // Keys mean what the page says, not what the viewer does.
    event.preventDefaultAction = true;
  });
  viewer.addHandler('canvas-click', ({ quick, originalEvent }) => {
    if (!quick || !(originalEvent instanceof MouseEvent)) return;
    const { shiftKey, ctrlKey, metaKey } = originalEvent;
    options.onPick(placeAt(originalEvent), shiftKey || ctrlKey || metaKey);
  });
  return {
    ...annotator,
    ...view(viewer, tile),
    showPen: pen.showPen,
    showHeld: pen.showHeld,
    use(tool) {
      overlay.dataset.tool = tool;
      annotator.use(tool);
    },
    destroy() {
      stopLine();
      annotator.destroy();
      viewer.destroy();
    },
  };
}

/** What is seen of the tile; the viewer counts in widths of the tile. */
function view(
  viewer: OpenSeadragon.Viewer,
  { widthPx }: FramePx,
): Pick<TileCanvas, 'goTo' | 'zoom' | 'showAll' | 'middle'> {
  return {
    goTo(outline, isNear) {
      const { left, top, right, bottom } = boundsOf(outline);
      const seen = viewer.viewport.getBounds();
      const [x, y] = [left / widthPx, top / widthPx];
      const [width, height] = [(right - left) / widthPx, (bottom - top) / widthPx];
      if (isNear) {
        const margin = 0.8 * Math.max(width, height);
        const near = new OpenSeadragon.Rect(x - margin, y - margin, width + 2 * margin, height + 2 * margin);
        if (near.width < seen.width) viewer.viewport.fitBounds(near);
        return;
      }
      const isSeen =
        x >= seen.x && y >= seen.y && x + width <= seen.x + seen.width && y + height <= seen.y + seen.height;
      if (!isSeen) viewer.viewport.panTo(new OpenSeadragon.Point(x + width / 2, y + height / 2));
    },
    zoom: (factor) => void viewer.viewport.zoomBy(factor).applyConstraints(),
    showAll: () => void viewer.viewport.goHome(),
    middle() {
      const { x, y } = viewer.viewport.getCenter();
      return { x: x * widthPx, y: y * widthPx };
    },
  };
}
