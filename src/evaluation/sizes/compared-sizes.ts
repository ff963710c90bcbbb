import { runStatistics } from '../../statistics/run-statistics.ts';
import type { Estimate, GroupStatistics } from '../../statistics/size-statistics.ts';

/** The published figures that are held against the truth. */
export const comparedFigures = [
  'diameterMean',
  'd10',
  'd50',
  'd90',
  'areaMean',
  'deBrouckere',
  'd10ByVolume',
  'd50ByVolume',
  'd90ByVolume',
] as const;

export type ComparedFigure = (typeof comparedFigures)[number];
/** In um, the mean area in um2. */
export type ComparedSizes = Readonly<Record<ComparedFigure, number>>;

/** Null for a group without particles. */
export function estimatesOf(group: GroupStatistics): Readonly<Record<ComparedFigure, Estimate>> | null {
  const {
    areaUm2: area,
    diameterEquivalentUm: diameter,
    diameterMeansUm: means,
    diameterByVolumeUm: volume,
  } = group;
  if (!area || !diameter || !means || !volume) return null;
  return {
    diameterMean: diameter.mean,
    d10: diameter.d10,
    d50: diameter.d50,
    d90: diameter.d90,
    areaMean: area.mean,
    deBrouckere: means.deBrouckere,
    d10ByVolume: volume.d10,
    d50ByVolume: volume.d50,
    d90ByVolume: volume.d90,
  };
}

/** The same figures, by the same definitions, of particles that are known one by one; null without any. */
export function sizesOfParticles(areasUm2: readonly number[]): ComparedSizes | null {
  const particles = {
    areaUm2: Float64Array.from(areasUm2),
    weight: new Float64Array(areasUm2.length).fill(1),
    tile: new Int32Array(areasUm2.length),
    certain: new Uint8Array(areasUm2.length).fill(1),
  };
  const border = { method: 'include', cut: 0, joined: 0, diameterD50Shift: null } as const;
  const options = { resamples: 0, seed: 1, classesPerDecade: 10, visible: null };
  const estimates = estimatesOf(runStatistics({ tiles: 1, particles, border }, options).all);
  return estimates && sizesBy((figure) => estimates[figure].value);
}

export function sizesBy<T>(of: (figure: ComparedFigure) => T): Readonly<Record<ComparedFigure, T>> {
  return {
    diameterMean: of('diameterMean'),
    d10: of('d10'),
    d50: of('d50'),
    d90: of('d90'),
    areaMean: of('areaMean'),
    deBrouckere: of('deBrouckere'),
    d10ByVolume: of('d10ByVolume'),
    d50ByVolume: of('d50ByVolume'),
    d90ByVolume: of('d90ByVolume'),
  };
}
