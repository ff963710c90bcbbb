import type { Mask } from '../../measure/mask.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import type { Detections } from '../detections.ts';
import { combineMasks } from '../masks/combine-masks.ts';
import type { TileFrame } from '../masks/place-mask.ts';
import type { Manifest } from '../model/manifest.ts';
import { type NetworkInput, networkInput, type Polarity } from '../network-input.ts';
import { type Judge, judgeBy } from './judge.ts';
import { type Look, type Part, quartersOf, type TileLook } from './look.ts';

/** How much larger each closer look shows its part. */
const ENLARGEMENT = 2;
/** Network pixels for one tile pixel at most: more shows nothing that the microscope has not seen. */
const CLOSEST_SCALE = 1.5;
/** Quarters within quarters. */
const DEEPEST = 2;
/** Of the input's longest side: what a tile with fewer pixels fills at least. */
const FIRST_LOOK_SHARE = 2 / 3;
/** Of the input's longest side: what a tile of large particles fills in the look from farther off. */
const FARTHER_LOOK_SHARE = 1 / 2;
/** Particles in a closer look from which its quarters are looked at: with half as many none are left out. */
const CROWDED = 600;
/** Particles from which the middle one says something of their size. */
const PARTICLES_MIN = 10;

/** What is shown the pictures. */
export interface Looker {
  run(input: NetworkInput): Promise<Detections>;
}

export type Sight = Pick<Manifest, 'input' | 'thresholds' | 'closerLook' | 'fartherLook'>;

/**
 * Shows the network a tile, and again enlarged those quarters of it whose particles are small: smaller than it sees
 * well, or so small and many that it has reached a limit. What a limit left out may lie where hardly anything was
 * found, so such quarters are looked at with their neighbours. A tile of fewer pixels than the input is first shown
 * without enlarging it to fill that, and enlarged as a whole where its particles are small. A tile of large particles
 * is shown once more from farther off.
 */
export async function takeLooks(
  image: GreyImage,
  sight: Sight,
  network: Looker,
  polarity: Polarity,
  judge = judgeBy(sight.thresholds),
): Promise<TileLook> {
  const whole = { left: 0, top: 0, widthPx: image.widthPx, heightPx: image.heightPx };
  const fullScale = fullScaleOf(image, sight.input);
  const canLookCloser = sight.closerLook !== undefined && !sight.input.fixedPx;
  const firstScale = canLookCloser
    ? Math.min(fullScale, Math.max(1, FIRST_LOOK_SHARE * fullScale))
    : fullScale;
  const sightingAt = async (part: Part, scale: number) => {
    const side = Math.round(scale * Math.max(part.widthPx, part.heightPx));
    const input = networkInput(partOf(image, part), { ...sight.input, longestSidePx: side }, polarity);
    const frame: TileFrame = { ...part, scaleX: input.scaleX, scaleY: input.scaleY };
    return { found: await network.run(input), frame };
  };
  const at = async (part: Part, scale: number, depth: number): Promise<Look> => {
    const { found, frame } = await sightingAt(part, scale);
    const quarters = depth < DEEPEST ? quartersWanted(found, frame, sight, depth, judge) : [];
    const closerScale = Math.max(scale, Math.min(scale * ENLARGEMENT, CLOSEST_SCALE));
    const fillingScale = Math.min(closerScale, fullScale);
    if (quarters.length > 0 && depth === 0 && scale < fillingScale)
      return { found, frame, closer: [await at(whole, fillingScale, depth)] };
    const closer: Look[] = [];
    for (const quarter of quarters) closer.push(await at(quarter, closerScale, depth + 1));
    return { found, frame, closer };
  };
  const first = await at(whole, firstScale, 0);
  if (!showsLargeOnes(first, sight, judge)) return { ...first, fullScale };
  const farther = await sightingAt(whole, FARTHER_LOOK_SHARE * fullScale);
  return { ...farther, closer: [first], fullScale };
}

/** Network pixels for one tile pixel where the tile fills the input. */
function fullScaleOf(
  { widthPx, heightPx }: GreyImage,
  { fixedPx, longestSidePx }: Manifest['input'],
): number {
  if (fixedPx) return Math.min(fixedPx.width / widthPx, fixedPx.height / heightPx);
  return longestSidePx / Math.max(widthPx, heightPx);
}

/** Whether half of the area that particles cover is of such as are larger than a network sees well. */
function showsLargeOnes({ found, frame }: Look, sight: Sight, judge: Judge): boolean {
  const { fartherLook, input, thresholds } = sight;
  if (!fartherLook || input.fixedPx) return false;
  let [coveredPx, largePx] = [0, 0];
  for (const { mask } of combineMasks(found, frame, thresholds, judge)) {
    coveredPx += mask.areaPx;
    if (diameterPx(mask.areaPx) * frame.scaleX > fartherLook.diameterAbovePx) largePx += mask.areaPx;
  }
  return 2 * largePx > coveredPx;
}

/** Diameter of a disc of this area. */
function diameterPx(areaPx: number): number {
  return Math.sqrt((4 / Math.PI) * areaPx);
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
      .map(({ mask }) => diameterPx(mask.areaPx) * frame.scaleX)
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
