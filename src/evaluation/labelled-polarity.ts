import type { Polarity } from '../inference/network-input.ts';
import type { GreyImage } from '../watcher/image/grey-image.ts';
import type { LabelImage } from './label-image.ts';

/**
 * Whether the labelled particles are brighter or darker than the ground, by the mean grey values of both;
 * bright where one of the two is missing, as there is nothing to compare.
 */
export function labelledPolarity({ pixels }: GreyImage, { labels }: LabelImage): Polarity {
  let particlePx = 0;
  let particleSum = 0;
  let groundSum = 0;
  for (let pixel = 0; pixel < labels.length; pixel += 1) {
    if (labels[pixel] === 0) groundSum += pixels[pixel]!;
    else {
      particleSum += pixels[pixel]!;
      particlePx += 1;
    }
  }
  const groundPx = labels.length - particlePx;
  if (particlePx === 0 || groundPx === 0) return 'bright';
  return particleSum / particlePx < groundSum / groundPx ? 'dark' : 'bright';
}
