import sharp from 'sharp';

export interface Pixels {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `#rrggbb`. */
  at(x: number, y: number): string;
}

export async function pixelsOf(picture: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    widthPx: info.width,
    heightPx: info.height,
    at: (x, y) => `#${data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3).toString('hex')}`,
  };
}

/** How many pixels differ from `colour`. */
export function countOthers(pixels: Pixels, colour: string): number {
  let others = 0;
  for (let y = 0; y < pixels.heightPx; y++) {
    for (let x = 0; x < pixels.widthPx; x++) if (pixels.at(x, y) !== colour) others++;
  }
  return others;
}

/** Whether the outermost pixels all have one colour: nothing is cut off at the edge. */
export function hasCleanEdge(pixels: Pixels, colour: string): boolean {
  const { widthPx, heightPx, at } = pixels;
  for (let x = 0; x < widthPx; x++) if (at(x, 0) !== colour || at(x, heightPx - 1) !== colour) return false;
  for (let y = 0; y < heightPx; y++) if (at(0, y) !== colour || at(widthPx - 1, y) !== colour) return false;
  return true;
}

/** Bars of one colour in an SVG as [width, height] in pixels, from left to right; not the 10 px squares of a key. */
export function barsOf(svg: string, colour: string): [number, number][] {
  const bar = new RegExp(`<path d="M[\\d.-]+,[\\d.-]+h([\\d.]+)v([\\d.]+)h[^"]*"[^>]*fill="${colour}"`, 'g');
  return [...svg.matchAll(bar)]
    .map(([, width, height]): [number, number] => [Number(width), Number(height)])
    .filter(([width, height]) => width !== 10 || height !== 10);
}
