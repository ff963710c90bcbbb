import type { TileResult } from '../segmenter/port.ts';
import type { Answer, TileJob } from './contract.ts';

/** What a tile's pixels are, the data bar left out. */
export interface TileSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** Why an answer that has the right form cannot be one to this job; null where it can. */
export function answerFault(answer: Answer, job: TileJob, tile: TileSize): string | null {
  if (answer.contentHash !== job.contentHash) return `is about the content ${answer.contentHash.slice(0, 8)}`;
  if (answer.kind === 'refused') return null;
  if (answer.softwareVersion !== job.softwareVersion)
    return `is of particled ${answer.softwareVersion}, not ${job.softwareVersion}`;
  if (answer.kind !== 'result') return null;
  const { model } = answer.result;
  if (model.sha256 !== job.model.sha256 || model.name !== job.model.name)
    return `is of the model ${model.name} (${model.sha256.slice(0, 8)}), not ${job.model.name} (${job.model.sha256.slice(0, 8)})`;
  if (answer.hasOverlay && job.overlay === null) return 'brings an overlay that nobody wanted';
  return resultFault(answer.result, tile);
}

function resultFault({ particles, outlines }: TileResult, { widthPx, heightPx }: TileSize): string | null {
  if (outlines.length !== particles.length)
    return `has ${outlines.length} outlines for ${particles.length} particles`;
  const size = `${widthPx} x ${heightPx} px`;
  const isOutside = (x: number, y: number): boolean => x < 0 || y < 0 || x > widthPx || y > heightPx;
  for (const [index, { boxPx, centroidPx, cutsPx, touchesBorder }] of particles.entries()) {
    const [x, y, width, height] = boxPx;
    if (x + width > widthPx || y + height > heightPx || isOutside(centroidPx.x, centroidPx.y))
      return `has particle ${index} outside the tile of ${size}`;
    if (touchesBorder !== cutsPx.length > 0) return `has particle ${index} touching the border without a cut`;
    if (cutsPx.some((cut) => isCutOutside(cut, widthPx, heightPx)))
      return `has a cut of particle ${index} outside the tile of ${size}`;
  }
  for (const [index, outline] of outlines.entries()) {
    for (const ring of outline) {
      if (ring.length % 2 !== 0) return `has outline ${index} with half a corner`;
      if (ring.some((at, i) => at < 0 || at > (i % 2 === 0 ? widthPx : heightPx)))
        return `has outline ${index} outside the tile of ${size}`;
    }
  }
  return null;
}

function isCutOutside(
  { side, fromPx, toPx }: TileResult['particles'][number]['cutsPx'][number],
  widthPx: number,
  heightPx: number,
): boolean {
  const length = side === 'left' || side === 'right' ? heightPx : widthPx;
  return fromPx > toPx || toPx >= length;
}
