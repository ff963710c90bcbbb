import type { StagePositionUm } from '../../units.ts';
import { type BoxUm, boxAround } from '../box.ts';
import { type CellLookup, createCellLookup } from '../cell-lookup.ts';
import { createRandom, type Random } from '../random.ts';
import type { Body } from './body.ts';
import { choosePlace, type Laid, type Strewing } from './placement.ts';
import { growBody, type ShapeFamily, type SurfaceLook } from './shape-family.ts';
import { type Silhouette, silhouetteOf } from './silhouette.ts';
import { createDiameterSource, type SizeDistribution } from './size-distribution.ts';
import { layTape, type Tape, type TapeLook, tapeDefaults } from './tape.ts';

export interface PowderOptions {
  /** Lower left corner of the strewn rectangle. */
  readonly origin: StagePositionUm;
  readonly widthUm: number;
  readonly heightUm: number;
  readonly amount: PowderAmount;
  readonly sizeDistribution: SizeDistribution;
  readonly seed: number;
  /** What it is made of; ground LiCoO2 when not given. */
  readonly material?: Material;
  readonly tape?: TapeLook;
}

/** A kind of powder: shapes, surfaces, brightness and how it falls. */
export interface Material {
  readonly families: readonly ShapeFamily[];
  readonly look: SurfaceLook;
  readonly strewing: Strewing;
  /** Grey level of flat parts, 0 to 255: mean over the particles and their standard deviation. */
  readonly brightness: { readonly mean: number; readonly deviation: number };
}

/** Ground lithium cobalt oxide: angular, mostly single grains of one phase. */
export const lithiumCobaltOxide: Material = {
  families: [
    { kind: 'crystal', weight: 5 },
    { kind: 'boulder', weight: 3 },
    { kind: 'box', weight: 1.2 },
    { kind: 'ellipsoid', weight: 1 },
    { kind: 'cauliflower', weight: 0.6 },
    { kind: 'crusted', weight: 0.6 },
    { kind: 'plate', weight: 0.2 },
  ],
  look: { grainUm: 0.5, roughness: 0.6, mottling: 0.3, twoPhaseShare: 0.03 },
  strewing: { contactShare: 0.12, triesAtMost: 24 },
  brightness: { mean: 135, deviation: 14 },
};

export type PowderAmount =
  | { readonly kind: 'density'; readonly particlesPerMm2: number }
  /** The particles' summed area over the rectangle's, overlaps counted twice. */
  | { readonly kind: 'coverage'; readonly fraction: number }
  | { readonly kind: 'count'; readonly particles: number };

/** One particle of the powder, exactly known. */
export interface PowderParticle extends Laid {
  /** 0, 1, 2, ... in the order of laying, largest first. */
  readonly id: number;
  /** Centroid of its whole outline. */
  readonly centreUm: StagePositionUm;
  readonly boxUm: BoxUm;
  readonly body: Body;
  /** Stage position of the body's origin. */
  readonly originUm: StagePositionUm;
  /** Projected area of the whole particle, whether or not another one lies over it. */
  readonly areaUm2: number;
  readonly diameterEquivalentUm: number;
  /** Height of its highest point over the tape. */
  readonly topUm: number;
  /** Grey level of its flat parts, 0 to 255. */
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
 * want of room (that would favour small ones): after a few tries it rests on what lies below.
 * @throws RangeError when the amount or the sizes describe no powder.
 */
export function layPowder(options: PowderOptions): Powder {
  const { origin, widthUm, heightUm } = options;
  const material = options.material ?? lithiumCobaltOxide;
  const random = createRandom(options.seed);
  const area = { left: origin.x, right: origin.x + widthUm, bottom: origin.y, top: origin.y + heightUm };
  const diametersUm = drawDiameters(options, random.fork('sizes')).sort((one, other) => other - one);
  const lookup = createCellLookup<PowderParticle>(diametersUm[0] ?? 1);
  const particles: PowderParticle[] = [];
  const covers = new Map<PowderParticle, number[]>();

  for (const [id, diameterUm] of diametersUm.entries()) {
    const draw = random.fork('particles').fork(id);
    const body = growBody(material.families, material.look, diameterUm, draw.fork('body'));
    const silhouette = silhouetteOf(body);
    const areaUm2 = (Math.PI / 4) * diameterUm ** 2;
    const unitUm = Math.sqrt(areaUm2 / silhouette.areaUnits);
    const place = choosePlace(silhouette, unitUm, area, particles, lookup, material.strewing, draw);
    for (const below of place.overlapped) covers.get(below)!.push(id);
    const overlappedBy: number[] = [];
    const particle: PowderParticle = {
      id,
      centreUm: place.centreUm,
      boxUm: boxAround(place.centreUm, silhouette.halfWidth * unitUm, silhouette.halfHeight * unitUm),
      body,
      silhouette,
      unitUm,
      originUm: originOf(silhouette, unitUm, place.centreUm),
      baseUm: place.baseUm,
      topUm: place.baseUm + silhouette.heightUnits * unitUm,
      areaUm2,
      diameterEquivalentUm: diameterUm,
      brightness: brightnessOf(material, draw),
      overlappedBy,
    };
    covers.set(particle, overlappedBy);
    particles.push(particle);
    lookup.add(particle, particle.boxUm);
  }
  return {
    particles,
    lookup,
    tape: layTape(options.tape ?? tapeDefaults, random.fork('tape').integer(0, 2 ** 31)),
  };
}

function originOf({ centroid }: Silhouette, unitUm: number, { x, y }: StagePositionUm): StagePositionUm {
  return { x: x - centroid.x * unitUm, y: y - centroid.y * unitUm };
}

function brightnessOf({ brightness: { mean, deviation } }: Material, draw: Random): number {
  return Math.min(mean + 2.5 * deviation, Math.max(mean - 2.5 * deviation, draw.normal(mean, deviation)));
}

function drawDiameters({ amount, sizeDistribution, widthUm, heightUm }: PowderOptions, random: Random) {
  const areaUm2 = widthUm * heightUm;
  const nextUm = createDiameterSource(sizeDistribution, random);
  if (amount.kind === 'coverage') {
    if (!(amount.fraction >= 0 && amount.fraction <= 3)) {
      throw new RangeError(`coverage is ${amount.fraction}, expected 0 to 3`);
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
