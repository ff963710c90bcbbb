import { describe, expect, it } from 'vitest';
import { layPowder, lithiumCobaltOxide } from '../../../src/simulator/powder/powder.ts';

/** 30 equal balls of 10 um; a leaning one stands 8.2 to 10 um, radii of both together, from its partner. */
const laid = (rows?: { readonly share: number; readonly towardsRad: number }) =>
  layPowder({
    origin: { x: -200, y: -200 },
    widthUm: 400,
    heightUm: 400,
    amount: { kind: 'count', particles: 30 },
    sizeDistribution: { kind: 'list', diametersUm: [10] },
    seed: 2,
    material: {
      ...lithiumCobaltOxide,
      families: [{ kind: 'sphere', weight: 1 }],
      strewing: { contactShare: 1, triesAtMost: 8, ...(rows && { rows }) },
    },
  }).particles.map(({ centreUm }) => centreUm);

const stepsOf = (centres: readonly { readonly x: number; readonly y: number }[]) =>
  centres.slice(1).map(({ x, y }, at) => ({ right: x - centres[at]!.x, up: y - centres[at]!.y }));

describe('powder strewn in rows', () => {
  it('sets each particle against the one before, in the row\u2019s direction', () => {
    const steps = stepsOf(laid({ share: 1, towardsRad: 0 })).filter(({ right }) => Math.abs(right) < 20);
    // A row that reaches the border of the area goes on elsewhere: 40 steps of 10 um would cross it.
    expect(steps.length).toBeGreaterThan(20);
    for (const { right, up } of steps) {
      expect(right).toBeGreaterThan(0);
      expect(Math.atan2(up, right)).toBeLessThan(0.9);
    }
  });

  it('leans on any particle where no rows are asked for', () => {
    const onward = stepsOf(laid()).filter(({ right, up }) => right > 0 && Math.hypot(right, up) < 11);
    expect(onward.length).toBeLessThan(12);
  });
});
