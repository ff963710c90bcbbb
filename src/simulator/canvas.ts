import type { StagePositionUm } from '../units.ts';
import type { BoxUm } from './box.ts';

/** What the microscope looks at: a rectangle of the stage, its axes along the stage's. */
export interface RenderWindow {
  readonly centre: StagePositionUm;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelSizeUm: number;
}

/**
 * What each pixel shows before the beam looks at it, row by row from the top left. Stage y is up and rows run
 * down: the pixel in column c and row r has its centre at (leftUm + (c + 1/2) pixel, topUm - (r + 1/2) pixel).
 */
export interface Canvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelSizeUm: number;
  readonly leftUm: number;
  readonly topUm: number;
  /** The depth buffer: height of the topmost surface over the tape. */
  readonly heightUm: Float32Array;
  /** Grey level of that surface when flat and unshadowed. */
  readonly tone: Float32Array;
  /** 0 the tape, n the n-th painted particle. */
  readonly labels: Uint16Array;
}

/** A blank canvas that reaches `marginPx` beyond the window on every side. */
export function createCanvas(window: RenderWindow, marginPx: number): Canvas {
  const { centre, pixelSizeUm } = window;
  const widthPx = window.widthPx + 2 * marginPx;
  const heightPx = window.heightPx + 2 * marginPx;
  return {
    widthPx,
    heightPx,
    pixelSizeUm,
    leftUm: centre.x - (widthPx / 2) * pixelSizeUm,
    topUm: centre.y + (heightPx / 2) * pixelSizeUm,
    heightUm: new Float32Array(widthPx * heightPx),
    tone: new Float32Array(widthPx * heightPx),
    labels: new Uint16Array(widthPx * heightPx),
  };
}

export function canvasBox(canvas: Canvas): BoxUm {
  return {
    left: canvas.leftUm,
    right: canvas.leftUm + canvas.widthPx * canvas.pixelSizeUm,
    bottom: canvas.topUm - canvas.heightPx * canvas.pixelSizeUm,
    top: canvas.topUm,
  };
}

/** Columns [left, right) and rows [top, bottom) of the canvas that the box may reach. */
export function pixelsIn(canvas: Canvas, box: BoxUm) {
  const { leftUm, topUm, pixelSizeUm } = canvas;
  return {
    left: Math.max(0, Math.floor((box.left - leftUm) / pixelSizeUm)),
    right: Math.min(canvas.widthPx, Math.ceil((box.right - leftUm) / pixelSizeUm)),
    top: Math.max(0, Math.floor((topUm - box.top) / pixelSizeUm)),
    bottom: Math.min(canvas.heightPx, Math.ceil((topUm - box.bottom) / pixelSizeUm)),
  };
}
