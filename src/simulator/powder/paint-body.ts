import type { StagePositionUm } from '../../units.ts';
import { type Canvas, pixelsIn } from '../canvas.ts';
import type { Body, Surface } from './body.ts';
import type { Solid } from './solid.ts';
import { textureOf } from './texture.ts';

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
  readonly raggedness: number;
  readonly depth: number;
  warpX(x: number, y: number): number;
  warpY(x: number, y: number): number;
  /** The texture's value, about -1 to 1; times `depth` it is the relief in body units. */
  relief(x: number, y: number): number;
  /** Factor on brightness where the relief has the given value. */
  tone(x: number, y: number, relief: number): number;
}

function createSkin(surface: Surface): Skin {
  const texture = textureOf(surface.texture);
  const rough = textureOf('rough');
  const { period, relief, raggedness, mottling, patchTone } = surface;
  const [ox, oy] = surface.offset;
  return {
    raggedness,
    depth: relief,
    warpX: (x, y) => raggedness * rough.at(0.8 * x + oy, 0.8 * y + ox),
    warpY: (x, y) => raggedness * rough.at(0.8 * x + ox + 0.37, 0.8 * y + oy + 0.61),
    relief: relief === 0 && mottling === 0 ? () => 0 : (x, y) => texture.at(x / period + ox, y / period + oy),
    tone: (x, y, value) => {
      const patch = patchTone !== 1 && rough.at(0.6 * x + oy, 0.6 * y + oy) > 0.18 ? patchTone : 1;
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
  const { topAt, extent } = solid;
  const reach = 1.5 * skin.raggedness;
  const { left, right, top, bottom } = pixelsIn(canvas, {
    left: originUm.x + (extent.left - reach) * unitUm,
    right: originUm.x + (extent.right + reach) * unitUm,
    bottom: originUm.y + (extent.bottom - reach) * unitUm,
    top: originUm.y + (extent.top + reach) * unitUm,
  });
  for (let row = top; row < bottom; row += 1) {
    const y = (topUm - (row + 0.5) * pixelSizeUm - originUm.y) / unitUm;
    for (let column = left; column < right; column += 1) {
      const x = (leftUm + (column + 0.5) * pixelSizeUm - originUm.x) / unitUm;
      const height = skin.raggedness > 0 ? topAt(x + skin.warpX(x, y), y + skin.warpY(x, y)) : topAt(x, y);
      if (height === -Infinity) continue;
      const value = skin.relief(x, y);
      const zUm = baseUm + unitUm * (height + skin.depth * value);
      const at = row * widthPx + column;
      if (zUm <= heightUm[at]!) continue;
      heightUm[at] = zUm;
      labels[at] = label;
      tone[at] = brightness * skin.tone(x, y, value);
    }
  }
}
