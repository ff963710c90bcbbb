import { type Camera, moveBetween, type Size, stillCovers } from './camera.ts';
import { paintScene } from './outline-paint.ts';
import { emptyScene, type Scene } from './scene.ts';

/** A canvas of outlines over the picture's window. */
export interface OutlineSheet {
  show(scene: Scene): void;
  /** Follows the picture: what is drawn is moved along, and drawn anew where it no longer covers the window. */
  follow(camera: Camera): void;
  /** Draws sharply where the picture stands. */
  settle(): void;
  remove(): void;
}

/** How much more than the window is drawn on each side, as a share of its longer one, so that panning seldom draws. */
const MARGIN = 0.25;
/** Denser than this nobody sees, and each step costs fourfold. */
const DENSITY_MAX = 2;

/**
 * Lays a sheet into the window of the picture. Ten thousand outlines are not drawn in each frame: the drawn sheet is moved
 * with the picture by the compositor until it no longer covers it.
 */
export function outlineSheet(window: HTMLElement): OutlineSheet {
  const canvas = document.createElement('canvas');
  canvas.className = 'outlines';
  canvas.setAttribute('aria-hidden', 'true');
  window.append(canvas);
  const context = canvas.getContext('2d')!;
  let scene: Scene = emptyScene;
  let camera: Camera | null = null;
  let drawn: Camera | null = null;
  let size: (Size & { marginPx: number; density: number }) | null = null;

  function fitted(): NonNullable<typeof size> {
    const { clientWidth: widthPx, clientHeight: heightPx } = window;
    const density = Math.min(DENSITY_MAX, devicePixelRatio);
    if (size && size.widthPx === widthPx && size.heightPx === heightPx && size.density === density)
      return size;
    const marginPx = Math.round(MARGIN * Math.max(widthPx, heightPx));
    canvas.width = Math.round((widthPx + 2 * marginPx) * density);
    canvas.height = Math.round((heightPx + 2 * marginPx) * density);
    canvas.style.width = `${widthPx + 2 * marginPx}px`;
    canvas.style.height = `${heightPx + 2 * marginPx}px`;
    canvas.style.left = `${-marginPx}px`;
    canvas.style.top = `${-marginPx}px`;
    // Stretched about the window's own corner, where cameras count from.
    canvas.style.transformOrigin = `${marginPx}px ${marginPx}px`;
    size = { widthPx, heightPx, marginPx, density };
    return size;
  }

  function draw(): void {
    if (!camera) return;
    paintScene(context, scene, camera, fitted());
    canvas.style.transform = '';
    drawn = camera;
  }

  return {
    show(next) {
      scene = next;
      draw();
    },
    follow(next) {
      const before = size;
      camera = next;
      if (!drawn || fitted() !== before) return draw();
      const move = moveBetween(drawn, next);
      if (!stillCovers(move, before!, before!.marginPx)) return draw();
      canvas.style.transform = `translate(${move.x}px, ${move.y}px) scale(${move.k})`;
    },
    settle() {
      if (drawn === camera) return;
      draw();
    },
    remove: () => canvas.remove(),
  };
}
