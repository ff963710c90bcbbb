export type Rgb = readonly [number, number, number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A picture in memory, three bytes a pixel, row by row. */
export interface RgbCanvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly data: Buffer;
}

export function rgbCanvas(widthPx: number, heightPx: number): RgbCanvas {
  return { widthPx, heightPx, data: Buffer.alloc(widthPx * heightPx * 3) };
}

/** Copies a picture of the box's size to its place. */
export function place(canvas: RgbCanvas, box: Box, rgb: Uint8Array): void {
  for (let row = 0; row < box.heightPx; row++) {
    const from = row * box.widthPx * 3;
    canvas.data.set(rgb.subarray(from, from + box.widthPx * 3), ((box.y + row) * canvas.widthPx + box.x) * 3);
  }
}

/** Each pixel of the box to which a pixel of exactly this colour is scaled down takes that colour whole. */
export function placeColour(canvas: RgbCanvas, box: Box, picture: RgbCanvas, [red, green, blue]: Rgb): void {
  const { widthPx, heightPx, data } = picture;
  for (let y = 0; y < heightPx; y++) {
    const toRow = (box.y + Math.floor((y * box.heightPx) / heightPx)) * canvas.widthPx + box.x;
    for (let x = 0; x < widthPx; x++) {
      const from = (y * widthPx + x) * 3;
      if (data[from] !== red || data[from + 1] !== green || data[from + 2] !== blue) continue;
      const to = (toRow + Math.floor((x * box.widthPx) / widthPx)) * 3;
      canvas.data[to] = red;
      canvas.data[to + 1] = green;
      canvas.data[to + 2] = blue;
    }
  }
}

/** A line of two pixels around a box, as far as the picture reaches. */
export function frame({ widthPx, heightPx, data }: RgbCanvas, box: Box, colour: Rgb): void {
  const [left, right] = [Math.max(0, box.x - 2), Math.min(widthPx, box.x + box.widthPx + 2)];
  const [top, bottom] = [Math.max(0, box.y - 2), Math.min(heightPx, box.y + box.heightPx + 2)];
  const isInside = (x: number, y: number): boolean =>
    x >= box.x && x < box.x + box.widthPx && y >= box.y && y < box.y + box.heightPx;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) if (!isInside(x, y)) data.set(colour, (y * widthPx + x) * 3);
  }
}

/** Slanted lines over a box, so that it reads as marked without colour too; over what is there, at half strength. */
export function hatch(canvas: RgbCanvas, box: Box, line: Rgb, ground: Rgb | null): void {
  const period = Math.max(8, Math.round(box.heightPx / 8));
  for (let y = box.y; y < box.y + box.heightPx; y++) {
    for (let x = box.x; x < box.x + box.widthPx; x++) {
      const at = (y * canvas.widthPx + x) * 3;
      const isLine = (x + y) % period < period / 5;
      for (let channel = 0; channel < 3; channel++) {
        const below = ground ? ground[channel]! : Math.round(canvas.data[at + channel]! / 2);
        canvas.data[at + channel] = isLine ? line[channel]! : below;
      }
    }
  }
}
