import { describe, expect, it } from 'vitest';
import type { BoxUm } from '../../../src/simulator/box.ts';
import { layPowder, type PowderAmount, type PowderParticle } from '../../../src/simulator/powder/powder.ts';
import { lithiumCobaltOxideSizes } from '../../../src/simulator/powder/size-distribution.ts';

const boxesMeet = (one: BoxUm, other: BoxUm) =>
  one.left <= other.right && one.right >= other.left && one.bottom <= other.top && one.top >= other.bottom;

/** What two equal particles have in common; their solids are functions. */
const facts = ({ centreUm, boxUm, baseUm, topUm, areaUm2, brightness, overlappedBy }: PowderParticle) => ({
  ...{ centreUm, boxUm, baseUm, topUm, areaUm2, brightness, overlappedBy },
});

const strewn = (amount: PowderAmount, seed = 1) =>
  layPowder({
    origin: { x: -100, y: 50 },
    widthUm: 250,
    heightUm: 200,
    amount,
    sizeDistribution: lithiumCobaltOxideSizes,
    seed,
  });

// 8,000 per mm2 on 250 um x 200 um = 0.05 mm2: 400 particles.
const powder = strewn({ kind: 'density', particlesPerMm2: 8000 });

describe('a laid powder', () => {
  it('holds as many particles as its density says, with their centres inside the rectangle', () => {
    expect(powder.particles).toHaveLength(400);
    for (const { centreUm } of powder.particles) {
      expect(centreUm.x).toBeGreaterThanOrEqual(-100);
      expect(centreUm.x).toBeLessThan(150);
      expect(centreUm.y).toBeGreaterThanOrEqual(50);
      expect(centreUm.y).toBeLessThan(250);
    }
  });

  it('states of each particle the area of its equivalent diameter, within its box', () => {
    for (const { areaUm2, diameterEquivalentUm, boxUm } of powder.particles) {
      expect(areaUm2).toBeCloseTo((Math.PI / 4) * diameterEquivalentUm ** 2, 6);
      expect((boxUm.right - boxUm.left) * (boxUm.top - boxUm.bottom)).toBeGreaterThan(areaUm2);
    }
  });

  it('lays a particle that covers another one above the tape, and names it there', () => {
    for (const particle of powder.particles) {
      for (const id of particle.overlappedBy) {
        expect(id).toBeGreaterThan(particle.id);
        expect(boxesMeet(powder.particles[id]!.boxUm, particle.boxUm)).toBe(true);
      }
    }
    const resting = powder.particles.filter((particle) => particle.baseUm > 0);
    const over = new Set(powder.particles.flatMap((particle) => particle.overlappedBy));
    expect(resting.length).toBeGreaterThan(3);
    for (const { id } of resting) expect(over.has(id)).toBe(true);
  });

  it('leaves most particles free, and lets some lean on others', () => {
    const covered = powder.particles.filter((particle) => particle.overlappedBy.length > 0).length;
    expect(covered).toBeGreaterThan(5);
    expect(covered).toBeLessThan(100);
  });

  it('is the same for the same seed, and another for another', () => {
    const again = strewn({ kind: 'density', particlesPerMm2: 8000 });
    const other = strewn({ kind: 'density', particlesPerMm2: 8000 }, 2);
    expect(again.particles.map(facts)).toEqual(powder.particles.map(facts));
    expect(other.particles[0]?.centreUm).not.toEqual(powder.particles[0]?.centreUm);
  });

  it('covers the asked share of the rectangle, to within its last particle', () => {
    const { particles } = strewn({ kind: 'coverage', fraction: 0.2 });
    const areaUm2 = particles.reduce((sum, particle) => sum + particle.areaUm2, 0);
    expect(areaUm2).toBeGreaterThanOrEqual(0.2 * 50_000);
    // The largest particle has pi/4 (16 um)^2 = 201 um2.
    expect(areaUm2).toBeLessThan(0.2 * 50_000 + 202);
  });

  it('drops no particle for want of room', () => {
    // 700 of 31 um2 would fill 43 % of the rectangle.
    expect(strewn({ kind: 'count', particles: 700 }).particles).toHaveLength(700);
  });

  it('refuses a coverage of more than three layers', () => {
    expect(() => strewn({ kind: 'coverage', fraction: 3.2 })).toThrow('coverage is 3.2, expected 0 to 3');
  });
});
