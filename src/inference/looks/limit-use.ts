import type { NetworkLimit } from '../detections.ts';

/**
 * Names of the limits that a network used up.
 * @param use what there was as a share of what may go on: proposals of each size, all proposals, detections.
 */
export function limitsOf(use: Float32Array): NetworkLimit[] {
  const [detections = 0, proposals = 0, ...ofSizes] = [...use].reverse();
  return [
    ...(ofSizes.some((share) => share > 1) ? (['proposals-of-a-size'] as const) : []),
    // Of these the network counts none over the limit: all of it in use tells that more may have been there.
    ...(proposals >= 1 ? (['proposals'] as const) : []),
    ...(detections >= 1 ? (['detections'] as const) : []),
  ];
}
