import type { Size } from './camera.ts';
import type { PicturePart } from './cell-parts.ts';
import { uprightSize } from './places.ts';

/**
 * Pictures on one canvas, each turned and stretched into its place; the place of one that cannot be had stays empty.
 * @param onFault told of each that cannot be had, by its address
 * @throws Error where none can be had
 */
export async function drawnPicture(
  parts: readonly PicturePart[],
  { widthPx, heightPx }: Size,
  signal: AbortSignal,
  onFault: (address: string) => void,
): Promise<CanvasRenderingContext2D> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(widthPx));
  canvas.height = Math.max(1, Math.round(heightPx));
  const context = canvas.getContext('2d', { alpha: parts.length > 1 })!;
  const faults: unknown[] = [];
  const drawn = parts.map(async (part) => {
    try {
      const picture = await loaded(part.address, signal);
      draw(context, picture, part);
      picture.close();
    } catch (error) {
      faults.push(error);
      if (!signal.aborted) onFault(part.address);
    }
  });
  await Promise.all(drawn);
  if (faults.length === parts.length) throw faults[0];
  return context;
}

async function loaded(address: string, signal: AbortSignal): Promise<ImageBitmap> {
  // Many wait at once: figures and outlines go before them.
  const response = await fetch(address, { signal, credentials: 'same-origin', priority: 'low' });
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return createImageBitmap(await response.blob());
}

function draw(context: CanvasRenderingContext2D, picture: ImageBitmap, part: PicturePart): void {
  const upright = uprightSize({ widthPx: picture.width, heightPx: picture.height, turns: part.turns });
  // From pixel to pixel, so that no seam shines through between two that share half of one.
  const [left, top] = [Math.round(part.leftPx), Math.round(part.topPx)];
  const width = Math.max(1, Math.round(part.leftPx + part.widthPx) - left);
  const height = Math.max(1, Math.round(part.topPx + part.heightPx) - top);
  context.setTransform(width / upright.width, 0, 0, height / upright.height, left, top);
  context.translate(upright.width / 2, upright.height / 2);
  context.rotate((part.turns * Math.PI) / 2);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
}
