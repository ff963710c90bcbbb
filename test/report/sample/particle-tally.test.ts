import { expect, it } from 'vitest';
import { tallying } from '../../../src/report/sample/particle-tally.ts';
import { exampleParticle } from '../../store/examples.ts';

function row(tileId: number, confidence: number, { certain = true, touchesBorder = false } = {}) {
  const particle = { ...exampleParticle(1, certain), confidence, touchesBorder };
  return { tileId, path: `/export/${tileId}.tif`, site: null, number: 0, particle };
}

it('particles are counted by tile, and the least confident remembered, while they pass', () => {
  const { tally, noted } = tallying(2, (tileId) => tileId !== 3);
  const rows = [
    row(1, 0.9),
    row(1, 0.4, { certain: false }),
    row(1, 0.1, { certain: false, touchesBorder: true }),
    row(2, 0.5),
    row(2, 0.3, { certain: false }),
    row(3, 0.2), // its tile is left out
  ];
  expect([...noted(rows)]).toEqual(rows);
  expect(Object.fromEntries(tally.counts)).toEqual({
    1: { all: 3, certain: 1, uncertain: 2, border: 1 },
    2: { all: 2, certain: 1, uncertain: 1, border: 0 },
    3: { all: 1, certain: 1, uncertain: 0, border: 0 },
  });
  expect(tally.leastConfident).toEqual([rows[4], rows[1]]);
});
