import type { Random } from '../random.ts';
import { type Body, type Surface, smoothSurface } from './body.ts';
import { growCluster } from './cluster.ts';
import { ellipsoid, sphere } from './ellipsoid.ts';
import { box, crustedSolids, crystal, satellitedSphere } from './grown-solids.ts';
import { polyhedronOnGround } from './polyhedron.ts';
import { prismFaces } from './polyhedron-faces.ts';
import { rotationOf, type Vector } from './solid.ts';

/** What a powder is made of; a particle is of one kind. */
export type ShapeKind = keyof typeof growers;

export interface ShapeFamily {
  readonly kind: ShapeKind;
  /** How often, against the other families of the powder. */
  readonly weight: number;
}

/** How the particles' surfaces look, whatever their shape. */
export interface SurfaceLook {
  /** Size of the fine grains that agglomerates and crusts are made of. */
  readonly grainUm: number;
  /** 0 polished, 1 as rough as fracture leaves it. */
  readonly roughness: number;
  /** 0 even, 1 strongly mottled. */
  readonly mottling: number;
  /** Share of the particles that have a second, brighter or darker phase. */
  readonly twoPhaseShare: number;
}

/** A body of one of the families, of its natural size; the diameter decides only how fine its grains look. */
export function growBody(
  families: readonly ShapeFamily[],
  look: SurfaceLook,
  diameterUm: number,
  random: Random,
): Body {
  const kind = chooseKind(families, random);
  const grain = Math.min(0.5, Math.max(0.04, look.grainUm / diameterUm));
  const body = growers[kind](grain, look, random);
  const twoPhase = random.uniform() < look.twoPhaseShare;
  const patchTone = twoPhase ? (random.uniform() < 0.5 ? 0.62 : 1.45) : 1;
  return {
    ...body,
    surface: { ...body.surface, patchTone, offset: [random.uniform(0, 1), random.uniform(0, 1)] },
  };
}

function chooseKind(families: readonly ShapeFamily[], random: Random): ShapeKind {
  const total = families.reduce((sum, family) => sum + family.weight, 0);
  let left = random.uniform(0, total);
  for (const { kind, weight } of families) {
    left -= weight;
    if (left < 0) return kind;
  }
  throw new RangeError('families holds no shape of weight above 0');
}

type Grower = (grain: number, look: SurfaceLook, random: Random) => Body;

const growers = {
  crystal: (_grain, look, random) => ({
    solids: [crystal(random, random.integer(9, 18))],
    surface: rough(look, 0.8, random),
  }),
  boulder: (_grain, look, random) => ({
    solids: [crystal(random, random.integer(16, 26))],
    surface: { ...rough(look, 1.6, random), period: random.uniform(0.7, 1.3) },
  }),
  box: (_grain, look, random) => ({
    solids: [box(random)],
    surface: rough(look, 0.4, random),
  }),
  plate: (_grain, look, random) => {
    const lean = rotationOf(Math.abs(random.normal(0, 0.25)), random.uniform(0, 6.3), random.uniform(0, 6.3));
    const faces = prismFaces(random.integer(5, 8), 0.48, random.uniform(0.05, 0.14), lean);
    return { solids: [polyhedronOnGround(faces)], surface: rough(look, 0.3, random) };
  },
  rod: (_grain, look, random) => {
    const lying = rotationOf(Math.PI / 2 + random.normal(0, 0.12), random.uniform(0, 6.3), 0);
    const faces = prismFaces(
      random.integer(4, 8),
      random.uniform(0.13, 0.28),
      random.uniform(0.55, 1),
      lying,
    );
    return { solids: [polyhedronOnGround(faces)], surface: rough(look, 0.3, random) };
  },
  ellipsoid: (_grain, look, random) => {
    const lean = rotationOf(random.uniform(0, 0.7), random.uniform(0, 6.3), random.uniform(0, 6.3));
    const axes: Vector = [random.uniform(0.5, 0.75), random.uniform(0.42, 0.52), random.uniform(0.35, 0.5)];
    const { low } = ellipsoid([0, 0, 0], axes, lean).extent;
    return { solids: [ellipsoid([0, 0, -low], axes, lean)], surface: rough(look, 0.5, random) };
  },
  sphere: (_grain, look, random) => ({
    solids: [sphere([0, 0, 0.5], 0.5)],
    surface: { ...rough(look, 0.15, random), raggedness: 0.004 * look.roughness },
  }),
  satellited: (_grain, look, random) => ({
    solids: satellitedSphere(random),
    surface: {
      ...rough(look, 0.3, random),
      texture: random.uniform() < 0.7 ? 'cracks' : 'crumbs',
      period: random.uniform(0.45, 1.2),
      relief: 0.03 * look.roughness,
      mottling: 0.6 * look.mottling,
    },
  }),
  agglomerate: (grain, look, random) => clustered(grain, look, random, random.uniform(0.15, 1)),
  chain: (grain, look, random) => clustered(Math.max(0.14, grain), look, random, random.uniform(-0.4, 0.1)),
  strung: (_grain, look, random) => strung(look, random),
  cauliflower: (grain, look, random) => ({
    solids: growCluster(
      {
        count: random.integer(20, 110),
        radius: random.uniform(0.07, 0.16),
        radiusSpread: 1.5,
        compactness: 1,
        contact: random.uniform(0.45, 0.65),
        primary: 'ellipsoid',
      },
      random,
    ),
    surface: {
      ...rough(look, 1, random),
      texture: random.uniform() < 0.5 ? 'grains' : 'pores',
      period: 9 * Math.min(0.11, grain),
      relief: 0.1 * Math.min(0.11, grain) * (0.4 + look.roughness),
      mottling: look.mottling * random.uniform(0.2, 0.6),
    },
  }),
  crusted: (grain, look, random) => ({
    solids: crustedSolids(grain, random),
    surface: {
      ...rough(look, 0.8, random),
      texture: random.uniform() < 0.75 ? 'crumbs' : 'grains',
      period: random.uniform(11, 19) * Math.min(0.09, Math.max(0.06, grain)),
      relief: 0.3 * Math.min(0.09, grain) * (0.5 + look.roughness),
      raggedness: 0.3 * Math.min(0.09, grain) + 0.025 * look.roughness,
      raggedPeriod: random.uniform(0.3, 0.8),
      mottling: look.mottling * random.uniform(0.4, 1.1),
    },
  }),
} satisfies Readonly<Record<string, Grower>>;

function rough(look: SurfaceLook, share: number, random: Random): Surface {
  const roughness = look.roughness * share * random.logNormal(1, 1.5);
  return {
    ...smoothSurface,
    period: random.uniform(0.8, 1.6),
    relief: 0.06 * roughness,
    raggedness: 0.04 * Math.min(1.6, roughness),
    mottling: look.mottling * random.uniform(0, 0.25),
  };
}

/** Dust in branching strings, with coarse grains in it here and there. */
function strung(look: SurfaceLook, random: Random): Body {
  const size = random.uniform(0.05, 0.085);
  const solids = growCluster(
    {
      count: Math.round(Math.min(170, random.uniform(0.22, 0.45) / size ** 2.1)),
      radius: size / 2,
      radiusSpread: 1.4,
      coarseShare: random.uniform(0, 0.05),
      compactness: random.uniform(-0.35, -0.05),
      contact: random.uniform(0.85, 1),
      primary: random.uniform() < 0.5 ? 'crystal' : 'ellipsoid',
    },
    random,
  );
  return {
    solids,
    surface: {
      ...rough(look, 0.5, random),
      texture: 'crumbs',
      period: 12 * size,
      relief: 0.2 * size * look.roughness,
      raggedness: 0.2 * size * look.roughness,
      raggedPeriod: 6 * size,
      mottling: look.mottling * random.uniform(0.2, 0.7),
    },
  };
}

function clustered(grain: number, look: SurfaceLook, random: Random, compactness: number): Body {
  const size = Math.min(0.2, 0.75 * grain);
  const full = (compactness > 0.3 ? 0.9 : 0.4) / size ** 2.1;
  const kinds = ['crystal', 'ellipsoid', 'sphere'] as const;
  const angular = random.uniform() < look.roughness;
  const primary = angular ? 'crystal' : kinds[random.integer(0, 2)]!;
  const solids = growCluster(
    {
      count: Math.round(Math.min(170, Math.max(4, full))),
      radius: size / 2,
      radiusSpread: random.uniform(1.15, 1.8),
      compactness,
      contact: random.uniform(0.62, 0.95),
      primary,
    },
    random,
  );
  return {
    solids,
    surface: {
      ...rough(look, 0.5, random),
      texture: look.roughness > random.uniform(0.3, 0.8) ? 'crumbs' : 'rough',
      period: 8 * size,
      relief: 0.12 * size * look.roughness,
      raggedness: 0.16 * size * look.roughness,
      raggedPeriod: 5 * size,
      mottling: look.mottling * random.uniform(0.2, 0.7),
    },
  };
}
