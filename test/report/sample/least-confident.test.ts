import { expect, it } from 'vitest';
import { leastConfident } from '../../../src/report/sample/least-confident.ts';
import { exampleParticle } from '../../store/examples.ts';

function row(tileId: number, confidence: number, { certain = true, touchesBorder = false } = {}) {
  const particle = { ...exampleParticle(1, certain), confidence, touchesBorder };
  return { tileId, path: `/export/${tileId}.tif`, site: null, number: 0, particle };
}

it('the least confident particles are remembered while they pass', () => {
  const { particles, note } = leastConfident(2, (tileId) => tileId !== 3);
  const rows = [
    row(1, 0.9),
    row(1, 0.4, { certain: false }),
    row(1, 0.1, { certain: false, touchesBorder: true }),
    row(2, 0.5),
    row(2, 0.3, { certain: false }),
    row(3, 0.2), // its tile is left out
  ];
  for (const row of rows) note(row);
  expect(particles).toEqual([rows[4], rows[1]]);
});
