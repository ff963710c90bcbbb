import { describe, expect, it } from 'vitest';
import { outlineAreaUm2, outlineCentroid, outlinesOverlap } from '../../src/simulator/outline.ts';
import { layPowder, type PowderAmount } from '../../src/simulator/powder.ts';
import { lithiumCobaltOxideSizes } from '../../src/simulator/size-distribution.ts';

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

  it('states of each particle its outline’s area and centroid', () => {
    for (const particle of powder.particles) {
      const centroid = outlineCentroid(particle.outline);
      expect(particle.areaUm2).toBeCloseTo(outlineAreaUm2(particle.outline), 6);
      expect(particle.areaUm2).toBeCloseTo((Math.PI / 4) * particle.diameterEquivalentUm ** 2, 6);
      expect(centroid.x).toBeCloseTo(particle.centreUm.x, 6);
      expect(centroid.y).toBeCloseTo(particle.centreUm.y, 6);
    }
  });

  it('names for each particle exactly the later ones that lie over it', () => {
    for (const [id, particle] of powder.particles.entries()) {
      const over = powder.particles
        .slice(id + 1)
        .filter((later) => outlinesOverlap(later.outline, particle.outline));
      expect(particle.overlappedBy).toEqual(over.map((later) => later.id));
    }
  });

  it('leaves most particles free, and lets some lean on others', () => {
    const covered = powder.particles.filter((particle) => particle.overlappedBy.length > 0).length;
    expect(covered).toBeGreaterThan(10);
    expect(covered).toBeLessThan(100);
  });

  it('is the same for the same seed, and another for another', () => {
    const again = strewn({ kind: 'density', particlesPerMm2: 8000 });
    const other = strewn({ kind: 'density', particlesPerMm2: 8000 }, 2);
    expect(again.particles).toEqual(powder.particles);
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
    expect(strewn({ kind: 'count', particles: 1500 }).particles).toHaveLength(1500);
  });

  it('refuses a coverage of more than everything', () => {
    expect(() => strewn({ kind: 'coverage', fraction: 1.2 })).toThrow('coverage is 1.2, expected 0 to 1');
  });
});
