import type { StagePositionUm } from '../../units.ts';
import { type BoxUm, boxAround, widened } from '../box.ts';
import { createRandom, type Random } from '../random.ts';

/** What the carbon tape looks like. Blemishes are counted per square of `scaleUm` a side. */
export interface TapeLook {
  /** Length to which all others are in proportion; about a particle's diameter. */
  readonly scaleUm: number;
  readonly grey: number;
  /** Amplitude of the slow change of grey over some particles' widths. */
  readonly wander: number;
  /** Amplitude of the fine grain. */
  readonly grain: number;
  /** How rough it is: 0 smooth tape, 1 a torn matrix. */
  readonly roughness: number;
  readonly bubbles: number;
  /** Hollows larger than particles, dark or grey, some with a bright rim. */
  readonly holes: number;
  readonly pits: number;
  readonly dust: number;
  readonly filaments: number;
  /** Soft patches of brighter ground, where charge gathers. */
  readonly glows: number;
  /** Long round fibres, as of a filter or a felt, which particles lie on; none by default. */
  readonly fibres?: number;
  /** Marks that grinding leaves in metal, about along `layRad`; none by default. */
  readonly scratches?: number;
  readonly layRad?: number;
}

export const tapeDefaults: TapeLook = {
  scaleUm: 5,
  grey: 46,
  wander: 6,
  grain: 2,
  roughness: 0.08,
  bubbles: 0.004,
  holes: 0,
  pits: 0.01,
  dust: 0.4,
  filaments: 0,
  glows: 0.001,
};

/** The carbon tape under the powder; it belongs to the stage, so each window shows the same. */
export interface Tape {
  readonly look: TapeLook;
  readonly seed: number;
}

/** What lies in or on the tape and is no particle. */
export interface Blemish {
  readonly kind: BlemishKind;
  readonly centreUm: StagePositionUm;
  readonly radiusUm: number;
  /** Length over width, and the direction of the length. */
  readonly aspectRatio: number;
  readonly turnRad: number;
  /** 0 to 1: how strongly it shows. */
  readonly strength: number;
  /** 0 to 1: how bright the rim of a hollow is. */
  readonly rim: number;
}

export type BlemishKind = 'hole' | 'bubble' | 'pit' | 'dust' | 'filament' | 'glow' | 'fibre' | 'scratch';

const kinds: Readonly<
  Record<BlemishKind, { key: keyof TapeLook; radius: readonly [number, number]; aspect: number }>
> = {
  glow: { key: 'glows', radius: [0.6, 2], aspect: 1.5 },
  scratch: { key: 'scratches', radius: [0.01, 0.07], aspect: 80 },
  fibre: { key: 'fibres', radius: [0.12, 0.7], aspect: 60 },
  hole: { key: 'holes', radius: [0.9, 3.6], aspect: 1.6 },
  bubble: { key: 'bubbles', radius: [0.25, 1.1], aspect: 1.5 },
  pit: { key: 'pits', radius: [0.03, 0.14], aspect: 1.8 },
  filament: { key: 'filaments', radius: [0.015, 0.05], aspect: 9 },
  dust: { key: 'dust', radius: [0.006, 0.034], aspect: 1.7 },
};

const aspectLeast: Readonly<Partial<Record<BlemishKind, number>>> = { filament: 3, fibre: 25, scratch: 8 };

export function layTape(look: TapeLook, seed: number): Tape {
  return { look, seed };
}

/**
 * The blemishes that may reach into a box. They are drawn anew for each square of the stage from its own
 * place, so that a tape of any size costs nothing until it is looked at.
 */
export function blemishesNear({ look, seed }: Tape, box: BoxUm): Blemish[] {
  const cellUm = 4 * look.scaleUm;
  const reach = widened(box, reachUm(look));
  const random = createRandom(seed);
  const found: Blemish[] = [];
  for (let row = Math.floor(reach.bottom / cellUm); row <= Math.floor(reach.top / cellUm); row += 1) {
    for (
      let column = Math.floor(reach.left / cellUm);
      column <= Math.floor(reach.right / cellUm);
      column += 1
    ) {
      const corner = { x: column * cellUm, y: row * cellUm };
      found.push(...blemishesOf(look, corner, cellUm, random.fork(column).fork(row)));
    }
  }
  return found.filter((blemish) => overlaps(blemishBox(blemish), box));
}

function blemishesOf(look: TapeLook, corner: StagePositionUm, cellUm: number, random: Random): Blemish[] {
  const squares = (cellUm / look.scaleUm) ** 2;
  return (Object.keys(kinds) as BlemishKind[]).flatMap((kind) => {
    const draw = random.fork(kind);
    const { key, radius, aspect } = kinds[kind];
    // Rounding by chance keeps the mean count right where it is far below one a cell.
    const count = Math.floor((look[key] ?? 0) * squares + draw.uniform());
    return Array.from({ length: count }, () => ({
      kind,
      centreUm: { x: corner.x + draw.uniform(0, cellUm), y: corner.y + draw.uniform(0, cellUm) },
      radiusUm: look.scaleUm * radius[0] * (radius[1] / radius[0]) ** draw.uniform(),
      aspectRatio: draw.uniform(aspectLeast[kind] ?? 1, aspect),
      turnRad: kind === 'scratch' ? draw.normal(look.layRad ?? 0, 0.08) : draw.uniform(0, Math.PI),
      strength: draw.uniform(0.25, 1),
      rim: Math.max(0, draw.uniform(-1, 1)),
    }));
  });
}

/** How far a blemish of this tape may reach from its centre. */
function reachUm(look: TapeLook): number {
  const present = (Object.keys(kinds) as BlemishKind[]).filter((kind) => (look[kinds[kind].key] ?? 0) > 0);
  return present.reduce((reach, kind) => {
    const { radius, aspect } = kinds[kind];
    return Math.max(reach, look.scaleUm * radius[1] * fadedAtRadii(kind, aspect));
  }, 0);
}

/** Radii after which nothing is changed: a glow fades out slowly, the others soon after their rim. */
function fadedAtRadii(kind: BlemishKind, aspectRatio: number): number {
  return kind === 'glow' ? 2.2 : 1.5 * aspectRatio;
}

/** Everything that a blemish changes. */
export function blemishBox({ kind, centreUm, radiusUm, aspectRatio }: Blemish): BoxUm {
  return boxAround(centreUm, radiusUm * fadedAtRadii(kind, aspectRatio));
}

function overlaps(one: BoxUm, other: BoxUm): boolean {
  return (
    one.left <= other.right && one.right >= other.left && one.bottom <= other.top && one.top >= other.bottom
  );
}
