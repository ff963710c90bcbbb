import { describe, expect, it } from 'vitest';
import { growCluster } from '../../../src/simulator/powder/cluster.ts';
import { createRandom } from '../../../src/simulator/random.ts';

const plan = {
  count: 60,
  radius: 0.05,
  radiusSpread: 1.2,
  compactness: 0,
  contact: 1,
  primary: 'sphere',
} as const;

function diameters(changed: { readonly coarseShare?: number }): number[] {
  const solids = growCluster({ ...plan, ...changed }, createRandom(3));
  return solids.map(({ extent }) => extent.right - extent.left);
}

describe('a cluster', () => {
  it('is of primaries of about one size', () => {
    // At most twice the mean radius.
    expect(Math.max(...diameters({}))).toBeLessThanOrEqual(4 * plan.radius);
  });

  it('has coarse grains in its dust where it is told so', () => {
    // From 2.5 times the mean radius on; the first one is fine, the others are coarse with a chance of one half.
    const coarse = diameters({ coarseShare: 0.5 }).filter((diameter) => diameter >= 5 * plan.radius);
    expect(coarse.length).toBeGreaterThan(15);
    expect(coarse.length).toBeLessThan(45);
  });
});
