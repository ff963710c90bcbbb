import type { Polarity } from '../../inference/network-input.ts';
import type { Segment } from '../../inference/segment.ts';
import { filled } from '../../measure/components.ts';
import type { GreyImage } from '../../watcher/image/grey-image.ts';
import { masksOf } from '../painted-labels.ts';
import { distanceTransform } from './distance-transform.ts';
import { gaussianBlur } from './gaussian-blur.ts';
import { otsuThreshold } from './otsu.ts';
import { watershedHills } from './watershed.ts';

/** Smoothing before the threshold: a standard deviation of one pixel for so many along the longest side. */
const LONGEST_SIDE_PER_SIGMA = 500;
/** A neck parts two particles when the smaller one's half width exceeds the neck's by this share, and a pixel. */
const NECK_SHARE = 0.2;
const NECK_LEAST_PX = 1;
/** Particles below this share of the image are dust: the least that experts of the paper label. */
const SMALLEST_AREA_SHARE = 1e-4;

/**
 * What microscopists do without a trained model, as in ImageJ: smooth, Otsu's threshold, fill holes, distance to
 * the ground, watershed from its maxima. A baseline to measure models against; it knows no doubt, so that
 * every particle is certain.
 */
export function classicalSegments(image: GreyImage, polarity: Polarity): Segment[] {
  const { widthPx: width, heightPx: height } = image;
  const smooth = gaussianBlur(image, Math.max(width, height) / LONGEST_SIDE_PER_SIGMA);
  const threshold = otsuThreshold(smooth);
  if (threshold === null) return [];
  const bits = new Uint8Array(smooth.length);
  for (let i = 0; i < bits.length; i++) bits[i] = smooth[i]! > threshold === (polarity === 'bright') ? 1 : 0;
  const solid = filled({ x: 0, y: 0, width, height, bits });
  const distance = distanceTransform(solid.bits, width, height);
  const labels = watershedHills(distance, width, (peak) => Math.max(NECK_LEAST_PX, NECK_SHARE * peak));
  return masksOf({ widthPx: width, heightPx: height, labels }, SMALLEST_AREA_SHARE * bits.length).map(
    (mask) => ({ mask, objectness: 1, confidence: 1, certain: true }),
  );
}
