import type { StagePositionUm } from '../units.ts';
import { type CellLookup, createCellLookup } from './cell-lookup.ts';
import { type Grain, growGrain } from './grain.ts';
import { type BoxUm, movedOutline, type Outline, outlineAreaUm2, outlineBox } from './outline.ts';
import { choosePlace } from './placement.ts';
import { createRandom, type Random } from './random.ts';
import { createDiameterSource, type SizeDistribution } from './size-distribution.ts';
import { layTape, type Tape } from './tape.ts';

export interface PowderOptions {
  /** Lower left corner of the strewn rectangle. */
  readonly origin: StagePositionUm;
  readonly widthUm: number;
  readonly heightUm: number;
  readonly amount: PowderAmount;
  readonly sizeDistribution: SizeDistribution;
  readonly seed: number;
}

export type PowderAmount =
  | { readonly kind: 'density'; readonly particlesPerMm2: number }
  /** The particles' summed area over the rectangle's, overlaps counted twice. */
  | { readonly kind: 'coverage'; readonly fraction: number }
  | { readonly kind: 'count'; readonly particles: number };

/** One particle of the powder, exactly known. */
export interface PowderParticle {
  /** 0, 1, 2, ... in the order of laying, largest first; a later one lies over an earlier one. */
  readonly id: number;
  /** Centroid of the outline. */
  readonly centreUm: StagePositionUm;
  readonly outline: Outline;
  readonly boxUm: BoxUm;
  readonly grain: Grain;
  /** Projected area inside the outline, whether or not another particle lies over it. */
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Mean grey level of its flat parts, 0 to 255. */
  readonly brightness: number;
  /** Ids of the particles that lie over a part of it. */
  readonly overlappedBy: readonly number[];
}

export interface Powder {
  readonly particles: readonly PowderParticle[];
  readonly lookup: CellLookup<PowderParticle>;
  readonly tape: Tape;
}

/**
 * Strews powder over a rectangle; centres lie inside it, outlines may reach out. No particle is dropped for
 * want of room (that would favour small ones): after a few tries it lies where it overlaps the fewest.
 * @throws RangeError when the amount or the sizes describe no powder.
 */
export function layPowder(options: PowderOptions): Powder {
  const { origin, widthUm, heightUm } = options;
  const random = createRandom(options.seed);
  const area = { left: origin.x, right: origin.x + widthUm, bottom: origin.y, top: origin.y + heightUm };
  const diametersUm = drawDiameters(options, random.fork('sizes')).sort((one, other) => other - one);
  const lookup = createCellLookup<PowderParticle>(10);
  const particles: PowderParticle[] = [];
  const covers = new Map<PowderParticle, number[]>();

  for (const [id, diameterUm] of diametersUm.entries()) {
    const draw = random.fork('particles').fork(id);
    const grain = growGrain(diameterUm, draw);
    const place = choosePlace(grain, area, particles, lookup, draw);
    for (const below of place.overlapped) covers.get(below)!.push(id);
    const overlappedBy: number[] = [];
    const outline = movedOutline(grain.outline, place.centreUm);
    const particle: PowderParticle = {
      id,
      centreUm: place.centreUm,
      outline,
      boxUm: outlineBox(outline),
      grain,
      areaUm2: outlineAreaUm2(grain.outline),
      diameterEquivalentUm: diameterUm,
      brightness: Math.min(175, Math.max(95, draw.normal(130, 14))),
      overlappedBy,
    };
    covers.set(particle, overlappedBy);
    particles.push(particle);
    lookup.add(particle, particle.boxUm);
  }
  return { particles, lookup, tape: layTape(area, random.fork('tape')) };
}

function drawDiameters({ amount, sizeDistribution, widthUm, heightUm }: PowderOptions, random: Random) {
  const areaUm2 = widthUm * heightUm;
  const nextUm = createDiameterSource(sizeDistribution, random);
  if (amount.kind === 'coverage') {
    if (!(amount.fraction >= 0 && amount.fraction <= 1)) {
      throw new RangeError(`coverage is ${amount.fraction}, expected 0 to 1`);
    }
    const diametersUm: number[] = [];
    for (let leftUm2 = amount.fraction * areaUm2; leftUm2 > 0; ) {
      const diameterUm = nextUm();
      diametersUm.push(diameterUm);
      leftUm2 -= (Math.PI / 4) * diameterUm ** 2;
    }
    return diametersUm;
  }
  const count = amount.kind === 'count' ? amount.particles : (amount.particlesPerMm2 * areaUm2) / 1e6;
  if (!(count >= 0 && count <= 1e7)) throw new RangeError(`powder of ${count} particles, expected 0 to 1e7`);
  return Array.from({ length: Math.round(count) }, nextUm);
}
