import { borderPixels } from '../../measure/border-pixels.ts';
import type { Mask } from '../../measure/mask.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { OutlineBox } from '../exports/export-figures.ts';
import { edgesOf, fittedSize, meanGrey } from './shrunk-image.ts';
import { CERTAIN_RGB, type Picture, UNCERTAIN_RGB } from './thumbnail.ts';

/** Outlines that the accepted result does not have, certain and uncertain. */
export const NEW_CERTAIN_RGB = [255, 235, 0] as const;
export const NEW_UNCERTAIN_RGB = [255, 90, 255] as const;
/** Boxes of accepted outlines that are not found again. */
export const LOST_RGB = [80, 170, 255] as const;

export interface DrawnOutline {
  readonly mask: Mask;
  readonly certain: boolean;
  /** Not among those accepted. */
  readonly added: boolean;
}

/** An export no wider and higher than the frame, never enlarged, with its outlines and the boxes of lost ones. */
export function exportPicture(
  image: GreyImage,
  frame: { readonly width: number; readonly height: number },
  outlines: readonly DrawnOutline[],
  lost: readonly OutlineBox[],
): Picture {
  const { widthPx, heightPx } = fittedSize(image, {
    width: Math.min(frame.width, image.widthPx),
    height: Math.min(frame.height, image.heightPx),
  });
  const xs = edgesOf(image.widthPx, widthPx);
  const ys = edgesOf(image.heightPx, heightPx);
  const rgb = new Uint8Array(widthPx * heightPx * 3);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      rgb.fill(meanGrey(image, xs, ys, x, y), (y * widthPx + x) * 3, (y * widthPx + x + 1) * 3);
    }
  }
  const picture = { widthPx, heightPx, rgb };
  const [toX, toY] = [widthPx / image.widthPx, heightPx / image.heightPx];
  // What is new is drawn last, so that nothing hides it.
  for (const { mask, ...kind } of [...outlines].sort((a, b) => Number(a.added) - Number(b.added))) {
    const colour = colourOf(kind);
    const draw = kind.added ? setSquare : setPixel;
    for (const { x, y } of borderPixels(mask)) draw(picture, x * toX, y * toY, colour);
  }
  for (const { boxPx } of lost) drawDashed(picture, boxPx, toX, toY);
  return picture;
}

function colourOf({ certain, added }: Omit<DrawnOutline, 'mask'>): readonly number[] {
  if (added) return certain ? NEW_CERTAIN_RGB : NEW_UNCERTAIN_RGB;
  return certain ? CERTAIN_RGB : UNCERTAIN_RGB;
}

/** Six pixels on, five off. */
function drawDashed(
  picture: Picture,
  [x, y, width, height]: OutlineBox['boxPx'],
  toX: number,
  toY: number,
): void {
  const [left, right] = [Math.floor(x * toX), Math.ceil((x + width) * toX) - 1];
  const [top, bottom] = [Math.floor(y * toY), Math.ceil((y + height) * toY) - 1];
  const isDash = (at: number) => at % 11 < 6;
  for (let column = left; column <= right; column++) {
    if (!isDash(column - left)) continue;
    for (const row of [top, bottom]) setSquare(picture, column, row, LOST_RGB);
  }
  for (let row = top; row <= bottom; row++) {
    if (!isDash(row - top)) continue;
    for (const column of [left, right]) setSquare(picture, column, row, LOST_RGB);
  }
}

/** Two pixels wide and high: what changed stands out among hundreds of outlines. */
function setSquare(picture: Picture, x: number, y: number, colour: readonly number[]): void {
  for (const row of [y, y + 1]) for (const column of [x, x + 1]) setPixel(picture, column, row, colour);
}

function setPixel(
  { widthPx, heightPx, rgb }: Picture,
  x: number,
  y: number,
  colour: readonly number[],
): void {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  if (column < widthPx && row < heightPx) rgb.set(colour, (row * widthPx + column) * 3);
}
