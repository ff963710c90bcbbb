import { expect, it } from 'vitest';
import { meanThresholdScore, searchedFigure } from '../../../src/evaluation/thresholds/score.ts';
import { searchThresholds } from '../../../src/evaluation/thresholds/search.ts';

const start = {
  objectnessCertain: 0.5,
  objectnessUncertain: 0.5,
  overlap: 0.5,
  crossOverlap: 0.3,
  maskActivation: 0.5,
  smallestAreaPx: 24,
};

it('weighs every score the same', () => {
  const scores = [
    { ajiPlus: 0.5, precision: 1, recall: 0.25 },
    { ajiPlus: 0.7, precision: 0, recall: 0.75 },
  ];
  expect(meanThresholdScore(scores)).toEqual({ ajiPlus: 0.6, precision: 0.5, recall: 0.5 });
});

it('leads a search to the best AJI+ among thresholds of enough precision, from where there is too little', () => {
  // The higher the objectness the more precise, and the less is found: precision equals it, AJI+ is 1 less it.
  const scoreAt = (objectness: number) => ({ ajiPlus: 1 - objectness, precision: objectness, recall: 1 });
  const searched = (leastPrecision: number) =>
    searchThresholds(start, ({ objectnessCertain }) =>
      searchedFigure(scoreAt(objectnessCertain), leastPrecision),
    ).thresholds.objectnessCertain;
  expect(searched(0.8)).toBe(0.8);
  expect(searched(0.78)).toBe(0.8);
  expect(searched(0)).toBe(0.3);
  // Out of reach: as precise as it gets.
  expect(searched(0.99)).toBe(0.95);
});
