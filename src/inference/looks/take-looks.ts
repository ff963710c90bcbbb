import type { Mask } from '../../measure/mask.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { Detections } from '../detections.ts';
import { combineMasks } from '../masks/combine-masks.ts';
import type { TileFrame } from '../masks/place-mask.ts';
import type { Manifest } from '../model/manifest.ts';
import { type NetworkInput, networkInput, type Polarity } from '../network-input.ts';
import { type Judge, judgeBy } from './judge.ts';
import { type Look, type Part, quartersOf } from './look.ts';

/** How much larger each closer look shows its part. */
const ENLARGEMENT = 2;
/** Network pixels for one tile pixel at most: more shows nothing that the microscope has not seen. */
const CLOSEST_SCALE = 1.5;
/** Looks within looks. */
const DEEPEST = 2;
/** Particles in a closer look from which its quarters are looked at: with half as many none are left out. */
const CROWDED = 600;
/** Particles from which the middle one says something of their size. */
const PARTICLES_MIN = 10;

/** What is shown the pictures. */
export interface Looker {
  run(input: NetworkInput): Promise<Detections>;
}

export type Sight = Pick<Manifest, 'input' | 'thresholds' | 'closerLook'>;

/**
 * Shows the network a tile, and again enlarged those quarters of it whose particles are small: smaller than it sees
 * well, or so small and many that it has reached a limit. What a limit left out may lie where hardly anything was
 * found, so such quarters are looked at with their neighbours.
 */
export async function takeLooks(
  image: GreyImage,
  sight: Sight,
  network: Looker,
  polarity: Polarity,
  judge = judgeBy(sight.thresholds),
): Promise<Look> {
  const whole = { left: 0, top: 0, widthPx: image.widthPx, heightPx: image.heightPx };
  const { longestSidePx } = sight.input;
  const scale = longestSidePx / Math.max(image.widthPx, image.heightPx);
  const at = async (part: Part, scaleHere: number, depth: number): Promise<Look> => {
    const side = Math.round(scaleHere * Math.max(part.widthPx, part.heightPx));
    const input = networkInput(partOf(image, part), { ...sight.input, longestSidePx: side }, polarity);
    const frame: TileFrame = { ...part, scaleX: input.scaleX, scaleY: input.scaleY };
    const found = await network.run(input);
    const closer: Look[] = [];
    for (const quarter of depth < DEEPEST ? quartersWanted(found, frame, sight, depth, judge) : []) {
      const closerScale = Math.max(scaleHere, Math.min(scaleHere * ENLARGEMENT, CLOSEST_SCALE));
      closer.push(await at(quarter, closerScale, depth + 1));
    }
    return { found, frame, closer };
  };
  return at(whole, scale, 0);
}

function quartersWanted(
  found: Look['found'],
  frame: TileFrame,
  sight: Sight,
  depth: number,
  judge: Judge,
): Part[] {
  const { closerLook, input, thresholds } = sight;
  if (!closerLook || input.fixedPx) return [];
  const limited = found.limitsReached.length > 0;
  if (!limited && (depth > 0 || frame.scaleX >= CLOSEST_SCALE)) return [];
  const particles = combineMasks(found, frame, thresholds, judge);
  if (depth > 0 && particles.length < CROWDED) return [];
  const belowPx = limited ? closerLook.diameterBelowAtLimitPx : closerLook.diameterBelowPx;
  const quarters = quartersOf(frame).map((part) => {
    const diametersPx = particles
      .filter(({ mask }) => holdsCentre(part, mask))
      .map(({ mask }) => Math.sqrt((4 / Math.PI) * mask.areaPx) * frame.scaleX)
      .sort((a, b) => a - b);
    return {
      part,
      few: diametersPx.length < PARTICLES_MIN,
      medianPx: diametersPx[diametersPx.length >> 1] ?? 0,
    };
  });
  const small = quarters.filter(({ few, medianPx }) => !few && medianPx < belowPx);
  const wanted = limited && small.length > 0 ? quarters.filter((q) => q.few || small.includes(q)) : small;
  return wanted.map(({ part }) => part);
}

function holdsCentre(part: Part, { x, y, width, height }: Mask): boolean {
  const [across, down] = [x + width / 2 - part.left, y + height / 2 - part.top];
  return across >= 0 && across < part.widthPx && down >= 0 && down < part.heightPx;
}

function partOf(image: GreyImage, { left, top, widthPx, heightPx }: Part): GreyImage {
  if (widthPx === image.widthPx && heightPx === image.heightPx) return image;
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row++) {
    const start = (top + row) * image.widthPx + left;
    pixels.set(image.pixels.subarray(start, start + widthPx), row * widthPx);
  }
  return { widthPx, heightPx, pixels };
}
