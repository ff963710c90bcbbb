import type { StagePositionUm } from '../../units.ts';
import { type Canvas, pixelsIn } from '../canvas.ts';
import type { Body, Surface } from './body.ts';
import type { Solid } from './solid.ts';
import { displace, readTexture, textureOf } from './texture.ts';

/** Where a body lies: its origin on the stage, its resting height and the length of one body unit. */
export interface BodyPlace {
  readonly originUm: StagePositionUm;
  readonly baseUm: number;
  readonly unitUm: number;
}

/** Paints what rises above the surfaces painted before: the depth buffer decides, not the order. */
export function paintBody(canvas: Canvas, body: Body, place: BodyPlace, label: number, tone: number): void {
  const skin = createSkin(body.surface);
  for (const solid of body.solids) paintSolid(canvas, solid, skin, place, label, tone * solid.tone);
}

/** A surface ready to be read point by point, in body units. */
interface Skin {
  readonly surface: Surface;
  /** The texture's value, about -1 to 1; times `surface.relief` it is a height in body units. */
  relief(x: number, y: number): number;
  /** Factor on brightness where the relief has the given value. */
  tone(x: number, y: number, relief: number): number;
}

function createSkin(surface: Surface): Skin {
  const texture = textureOf(surface.texture);
  const rough = textureOf('rough');
  const { period, relief, mottling, patchTone } = surface;
  const [ox, oy] = surface.offset;
  const even = relief === 0 && mottling === 0;
  const frequency = 1 / period;
  return {
    surface,
    relief: (x, y) => (even ? 0 : readTexture(texture, frequency * x + ox, frequency * y + oy)),
    tone: (x, y, value) => {
      const patch = patchTone !== 1 && readTexture(rough, 0.6 * x + oy, 0.6 * y + oy) > 0.18 ? patchTone : 1;
      return patch * (1 + mottling * value);
    },
  };
}

function paintSolid(
  canvas: Canvas,
  solid: Solid,
  skin: Skin,
  { originUm, baseUm, unitUm }: BodyPlace,
  label: number,
  brightness: number,
): void {
  const { leftUm, topUm, pixelSizeUm, widthPx, heightUm, tone, labels } = canvas;
  const { extent } = solid;
  const { raggedness, raggedPeriod, relief, offset } = skin.surface;
  const reach = 1.5 * raggedness;
  const { left, right, top, bottom } = pixelsIn(canvas, {
    left: originUm.x + (extent.left - reach) * unitUm,
    right: originUm.x + (extent.right + reach) * unitUm,
    bottom: originUm.y + (extent.bottom - reach) * unitUm,
    top: originUm.y + (extent.top + reach) * unitUm,
  });
  const ceilingUm = baseUm + unitUm * (extent.high + 1.5 * relief);
  const row = createRow(right - left);
  const step = pixelSizeUm / unitUm;
  const firstX = (leftUm - originUm.x) / unitUm + 0.5 * step;
  const firstY = (topUm - originUm.y) / unitUm - 0.5 * step;
  for (let line = top; line < bottom; line += 1) {
    const y = firstY - line * step;
    const start = line * widthPx;
    let count = 0;
    for (let column = left; column < right; column += 1) {
      if (heightUm[start + column]! >= ceilingUm) continue;
      row.columns[count] = column;
      row.x[count] = firstX + column * step;
      row.y[count] = y;
      count += 1;
    }
    if (raggedness > 0) displace(row, count, raggedness, raggedPeriod, offset);
    solid.topsAt(row, count, row.tops);
    for (let i = 0; i < count; i += 1) {
      if (row.tops[i] === -Infinity) continue;
      const x = firstX + row.columns[i]! * step;
      const value = skin.relief(x, y);
      const zUm = baseUm + unitUm * (row.tops[i]! + relief * value);
      const at = start + row.columns[i]!;
      if (zUm <= heightUm[at]!) continue;
      heightUm[at] = zUm;
      labels[at] = label;
      tone[at] = brightness * skin.tone(x, y, value);
    }
  }
}

/** The pixels of one row that a solid may show in: where they are, and how high it is there. */
function createRow(length: number) {
  return {
    columns: new Int32Array(Math.max(0, length)),
    x: new Float64Array(Math.max(0, length)),
    y: new Float64Array(Math.max(0, length)),
    tops: new Float64Array(Math.max(0, length)),
  };
}
