import sharp from 'sharp';
import { pngOf } from './charts/draw-chart.ts';
import { fontFamily, textWidthPx } from './charts/inter-font.ts';
import type { RgbCanvas } from './rgb-canvas.ts';
import { type ScaleBar, scaleBar } from './scale-length.ts';

const MARGIN_PX = 8;

/**
 * The picture with a scale bar in its lower right corner; as it is where that would hide a third of its height.
 * @param pixelSizeUm of the picture's pixels, not of the tile's.
 */
export async function withScaleBar(canvas: RgbCanvas, pixelSizeUm: number): Promise<RgbCanvas> {
  const { widthPx, heightPx, data } = canvas;
  const plate = plateOf(scaleBar(widthPx * pixelSizeUm), widthPx, pixelSizeUm);
  if (plate.heightPx + MARGIN_PX > heightPx / 3 || plate.widthPx + MARGIN_PX > widthPx) return canvas;
  const drawn = await sharp(data, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .composite([
      {
        input: await pngOf(plate.svg, plate.widthPx),
        left: widthPx - plate.widthPx - MARGIN_PX,
        top: heightPx - plate.heightPx - MARGIN_PX,
      },
    ])
    .removeAlpha()
    .raw()
    .toBuffer();
  return { widthPx, heightPx, data: drawn };
}

/** White on a dark ground, which a bright particle cannot swallow. */
function plateOf({ lengthUm, text }: ScaleBar, pictureWidthPx: number, pixelSizeUm: number) {
  const fontPx = Math.round(Math.min(72, Math.max(13, pictureWidthPx / 45)));
  const barPx = Math.max(1, Math.round(lengthUm / pixelSizeUm));
  const pad = Math.round(fontPx / 2);
  const thick = Math.max(3, Math.round(fontPx / 5));
  const widthPx = Math.ceil(Math.max(barPx, textWidthPx(text, fontPx, 600))) + 2 * pad;
  const heightPx = Math.round(fontPx * 1.3) + thick + 2 * pad;
  const barX = (widthPx - barPx) / 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">
<rect width="${widthPx}" height="${heightPx}" rx="${pad / 2}" fill="#000000" fill-opacity="0.72"/>
<text x="${widthPx / 2}" y="${pad + fontPx * 0.9}" text-anchor="middle" font-family="${fontFamily}" font-weight="600" font-size="${fontPx}" fill="#ffffff">${text}</text>
<rect x="${barX}" y="${heightPx - pad - thick}" width="${barPx}" height="${thick}" fill="#ffffff"/></svg>`;
  return { svg, widthPx, heightPx };
}
