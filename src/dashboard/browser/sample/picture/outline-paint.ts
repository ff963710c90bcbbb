import { CERTAIN_RGB, FRAME_RGB, UNCERTAIN_RGB } from '../../../../report/outline-colours.ts';
import type { Camera, Size } from './camera.ts';
import { detailAt, type Piece, withFewerCorners } from './pieces.ts';
import { onGrid } from './places.ts';
import { type Look, looks, type PaintedPlace, type Scene } from './scene.ts';

interface Style {
  readonly rgb: readonly [number, number, number];
  readonly lineScreenPx: number;
  /** Uncertain ones are dashed, so that the colour alone need not tell. */
  readonly dashScreenPx: readonly number[];
  readonly fill: number;
  /** Of a dot's side. */
  readonly dotScreenPx: number;
  /** Where others are lit. */
  readonly dimmed: number;
}

const grey = [190, 200, 210] as const;
const plain = { lineScreenPx: 1.6, dashScreenPx: [], fill: 0, dotScreenPx: 2.5, dimmed: 0.45 };

const styles: Readonly<Record<Look, Style>> = {
  uncounted: { ...plain, rgb: grey, lineScreenPx: 1, dashScreenPx: [2, 3], dotScreenPx: 1.5 },
  certain: { ...plain, rgb: CERTAIN_RGB },
  uncertain: { ...plain, rgb: UNCERTAIN_RGB, dashScreenPx: [6, 3] },
  'lit-certain': { ...plain, rgb: CERTAIN_RGB, lineScreenPx: 2.6, fill: 0.35, dotScreenPx: 5, dimmed: 1 },
  'lit-uncertain': {
    ...{ ...plain, rgb: UNCERTAIN_RGB, dashScreenPx: [6, 3] },
    ...{ lineScreenPx: 2.6, fill: 0.35, dotScreenPx: 5, dimmed: 1 },
  },
  chosen: { ...plain, rgb: FRAME_RGB, lineScreenPx: 3.2, fill: 0.2, dotScreenPx: 9, dimmed: 1 },
};

/** Paths of a tile's pieces, by look and detail; they fall away with their tile's entry in the scene. */
const paths = new WeakMap<PaintedPlace, Map<string, Path2D>>();

/** Outlines with fewer corners, by piece: they last as long as the piece, whatever it looks like. */
const thinned = new WeakMap<Piece, Map<number, readonly Float32Array[]>>();

/**
 * Draws the scene as the camera sees it.
 * @param window the part of the plane that is drawn: from minus its margin to its size plus its margin, in CSS pixels
 */
export function paintScene(
  context: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  window: Size & { readonly marginPx: number; readonly density: number },
): void {
  const { marginPx, density } = window;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  const seen = scene.places.filter((painted) => isSeen(painted, camera, window));
  // Tiles of one run are of one scale; a tile's own may differ by its magnification.
  const detail = detailAt(camera.scale * scaleOf(scene.places[0]), scene.typicalPx);
  for (const look of looks) {
    const style = styles[look];
    const color = `rgb(${style.rgb.join(' ')})`;
    context.globalAlpha = scene.hasLit ? style.dimmed : 1;
    context.strokeStyle = color;
    context.fillStyle = color;
    // Whoever is chosen is never a mere dot among dots.
    if (detail.kind === 'dots') {
      context.setTransform(density, 0, 0, density, density * marginPx, density * marginPx);
      paintDots(context, seen, look, style, camera);
    } else {
      for (const painted of seen) {
        if (painted.byLook.has(look))
          paintOutlines(context, painted, look, detail.stepPx, { style, camera, marginPx, density });
      }
    }
  }
}

function paintDots(
  context: CanvasRenderingContext2D,
  seen: readonly PaintedPlace[],
  look: Look,
  { dotScreenPx }: Style,
  { scale, leftPx, topPx }: Camera,
): void {
  context.beginPath();
  for (const { place, byLook } of seen) {
    for (const { boxPx } of byLook.get(look) ?? []) {
      const [x, y] = onGrid(place.matrix, boxPx[0] + boxPx[2] / 2, boxPx[1] + boxPx[3] / 2);
      const side = Math.max(dotScreenPx, Math.max(boxPx[2], boxPx[3]) * scale);
      context.rect(leftPx + x * scale - side / 2, topPx + y * scale - side / 2, side, side);
    }
  }
  context.fill();
}

function paintOutlines(
  context: CanvasRenderingContext2D,
  painted: PaintedPlace,
  look: Look,
  stepPx: number,
  { style, camera, marginPx, density }: { style: Style; camera: Camera; marginPx: number; density: number },
): void {
  const [a, b, c, d, e, f] = painted.place.matrix;
  const k = density * camera.scale;
  context.setTransform(
    ...([k * a, k * b, k * c, k * d] as const),
    k * e + density * (camera.leftPx + marginPx),
    k * f + density * (camera.topPx + marginPx),
  );
  const perPx = 1 / (camera.scale * scaleOf(painted));
  const path = pathOf(painted, look, stepPx);
  const alpha = context.globalAlpha;
  if (style.fill > 0) {
    context.globalAlpha = alpha * style.fill;
    context.fill(path, 'evenodd');
    context.globalAlpha = alpha;
  }
  context.lineWidth = style.lineScreenPx * perPx;
  context.setLineDash(style.dashScreenPx.map((length) => length * perPx));
  context.stroke(path);
}

function pathOf(painted: PaintedPlace, look: Look, stepPx: number): Path2D {
  const ofPlace = paths.get(painted) ?? new Map<string, Path2D>();
  paths.set(painted, ofPlace);
  const key = `${look} ${stepPx}`;
  const known = ofPlace.get(key);
  if (known) return known;
  const path = new Path2D();
  for (const piece of painted.byLook.get(look) ?? []) addPiece(path, piece, stepPx);
  ofPlace.set(key, path);
  return path;
}

function addPiece(path: Path2D, piece: Piece, stepPx: number): void {
  if (piece.parts.length === 0) path.rect(...piece.boxPx);
  for (const part of partsWith(piece, stepPx)) {
    path.moveTo(part[0]!, part[1]!);
    for (let i = 2; i < part.length; i += 2) path.lineTo(part[i]!, part[i + 1]!);
    path.closePath();
  }
}

function partsWith(piece: Piece, stepPx: number): readonly Float32Array[] {
  if (stepPx === 0) return piece.parts;
  const ofPiece = thinned.get(piece) ?? new Map<number, readonly Float32Array[]>();
  thinned.set(piece, ofPiece);
  const known = ofPiece.get(stepPx);
  if (known) return known;
  const parts = piece.parts.map((part) => withFewerCorners(part, stepPx));
  ofPiece.set(stepPx, parts);
  return parts;
}

function scaleOf(painted: PaintedPlace | undefined): number {
  if (!painted) return 1;
  const [a, b] = painted.place.matrix;
  return Math.hypot(a, b);
}

function isSeen(
  { place }: PaintedPlace,
  { scale, leftPx, topPx }: Camera,
  { widthPx, heightPx, marginPx }: Size & { readonly marginPx: number },
): boolean {
  const { matrix, tile } = place;
  const [x1, y1] = onGrid(matrix, 0, 0);
  const [x2, y2] = onGrid(matrix, tile.widthPx, tile.heightPx);
  const [left, right] = [Math.min(x1, x2) * scale + leftPx, Math.max(x1, x2) * scale + leftPx];
  const [top, bottom] = [Math.min(y1, y2) * scale + topPx, Math.max(y1, y2) * scale + topPx];
  return right > -marginPx && left < widthPx + marginPx && bottom > -marginPx && top < heightPx + marginPx;
}
