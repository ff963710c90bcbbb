import type { Thresholds } from '../../inference/model/manifest.ts';

/** The values that a search tries for each threshold, in the order in which it turns to them. */
export const THRESHOLD_GRID: Readonly<Record<keyof Thresholds, readonly number[]>> = {
  objectnessCertain: [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  objectnessUncertain: [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  objectnessUncertainLarge: [0.3, 0.4, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
  overlap: [0.2, 0.3, 0.4, 0.5, 0.6, 0.7],
  crossOverlap: [0.05, 0.1, 0.2, 0.3, 0.4, 0.5],
  maskActivation: [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65],
  smallestAreaPx: [0, 12, 24, 36, 50, 75, 100],
  containment: [0.5, 0.6, 0.7, 0.8, 0.9],
  containedObjectness: [0, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.1],
  containedObjectnessUncertain: [0, 0.6, 0.7, 0.8, 0.9, 0.95, 1, 1.1],
};

/** A threshold moves only for a gain of this much: smaller ones are chance, and drift to the grid's ends. */
const LEAST_GAIN = 0.001;

export interface SearchStep {
  readonly key: keyof Thresholds;
  readonly thresholds: Thresholds;
  readonly score: number;
}

export interface SearchResult {
  readonly thresholds: Thresholds;
  readonly scoreBefore: number;
  readonly scoreAfter: number;
  /** How many sets of thresholds were scored. */
  readonly tried: number;
}

const KEYS = [
  'objectnessCertain',
  'objectnessUncertain',
  'objectnessUncertainLarge',
  'overlap',
  'crossOverlap',
  'maskActivation',
  'smallestAreaPx',
  'containedObjectness',
  'containedObjectnessUncertain',
  'containment',
] as const satisfies readonly (keyof Thresholds)[];

/**
 * Coordinate search: one threshold after another goes to the grid value of the best score, the others held,
 * until a whole round changes nothing. A threshold stays where no value is better by at least 0.001, also off
 * the grid. Every step is an improvement among finitely many sets, so that the search ends.
 *
 * AJI+ weighs particles by their area: `smallestAreaPx` gains little from it whichever way it goes.
 *
 * @param score the figure to raise, such as the mean AJI+.
 * @param onStep told of each threshold that was gone through.
 */
export function searchThresholds(
  start: Thresholds,
  score: (thresholds: Thresholds) => number,
  onStep: (step: SearchStep) => void = () => {},
): SearchResult {
  const known = new Map<string, number>();
  const scoreOf = (thresholds: Thresholds): number => {
    const name = KEYS.map((key) => thresholds[key]).join(' ');
    const value = known.get(name) ?? score(thresholds);
    known.set(name, value);
    return value;
  };
  const scoreBefore = scoreOf(start);
  let best = { thresholds: start, score: scoreBefore };
  for (let turn = 0, unchanged = 0; unchanged < KEYS.length; turn++) {
    const key = KEYS[turn % KEYS.length]!;
    const ahead = THRESHOLD_GRID[key]
      .map((value) => ({ ...best.thresholds, [key]: value }))
      .map((thresholds) => ({ thresholds, score: scoreOf(thresholds) }))
      .reduce((a, b) => (b.score > a.score ? b : a));
    const gains = ahead.score >= best.score + LEAST_GAIN;
    if (gains) best = ahead;
    unchanged = gains ? 0 : unchanged + 1;
    onStep({ key, ...best });
  }
  return { thresholds: best.thresholds, scoreBefore, scoreAfter: best.score, tried: known.size };
}
