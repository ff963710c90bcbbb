import { pictureAddress } from '../../shell/api.ts';

/** Pictures of tiles that were decoded last: crops of one tile share it. */
const kept = new Map<string, Promise<ImageBitmap>>();
/** Some 9 MB each. */
const KEPT_MAX = 6;

/** @throws Error where it cannot be had */
export function tileBitmap(contentHash: string, widthPx: 240 | 480 | 960 | 1920): Promise<ImageBitmap> {
  const address = pictureAddress(contentHash, widthPx);
  const known = kept.get(address);
  if (known) {
    kept.delete(address);
    kept.set(address, known);
    return known;
  }
  const asked = read(address);
  kept.set(address, asked);
  asked.catch(() => kept.delete(address));
  if (kept.size > KEPT_MAX) {
    const [oldest] = kept.keys();
    if (oldest !== undefined) kept.delete(oldest);
  }
  return asked;
}

async function read(address: string): Promise<ImageBitmap> {
  const response = await fetch(address, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`the tile's picture cannot be had (${response.status})`);
  return createImageBitmap(await response.blob());
}
