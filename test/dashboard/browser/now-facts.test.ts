import { expect, it } from 'vitest';
import { neededFor, tilesNeeded, verdictOf } from '../../../src/dashboard/browser/now/fact-texts.ts';
import { summaryOf } from '../../report/night/nights.ts';

const summary = { ...summaryOf({ label: 'Li1', d50: 5, at: '2026-11-28T10:00:00.000Z' }), sequence: null };
const decision = {
  ...{ verdict: 'more-tiles' as const, probability: 0.9, moreTiles: 1, reason: 'it is so' },
  target: { d50Um: { min: 4, max: 6 }, probability: 0.95 },
};
const sufficiency = {
  ...summary.sufficiency,
  ...{ tilesNeeded: 65, figures: ['d50' as const], targetRelativeHalfWidth: 0.05 },
};

it('no verdict is told before the first summary, and of a sample without a target that there is none', () => {
  expect(verdictOf(null)).toBe('not yet known');
  expect(verdictOf({ ...summary, decision: null })).toBe('No target set');
  expect(verdictOf({ ...summary, decision })).toBe('1 more tile');
});

it('tiles still needed are told with what they are needed for, since the verdict needs fewer', () => {
  const asked = { ...summary, decision, sufficiency };
  expect([tilesNeeded(asked), neededFor(asked)]).toEqual(['about 65 tiles', 'to know D50 to ±5 %']);
  const known = { ...asked, sufficiency: { ...sufficiency, tilesNeeded: 0 } };
  expect([tilesNeeded(known), neededFor(known)]).toEqual(['none', '']);
  expect([tilesNeeded(null), neededFor(null)]).toEqual(['not yet known', '']);
});
