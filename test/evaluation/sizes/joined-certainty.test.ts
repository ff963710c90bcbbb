import { expect, it } from 'vitest';
import { joinedCertainty, totalCertainty } from '../../../src/evaluation/sizes/joined-certainty.ts';

const at = (x: number, diameterUm: number) => ({ centreUm: { x, y: 0 }, diameterUm });

it('tells by which pieces are doubted how many particles have the size of a true one at their place', () => {
  const truth = [at(0, 4), at(100, 4), at(200, 4), at(300, 4)];
  const found = [
    { ...at(0.9, 4.1), piecesCertain: [true] }, // 0.9 um off, under a quarter of 4 um; 2.5 % too large
    { ...at(100, 4.3), piecesCertain: [true, false] }, // 7.5 % too large
    { ...at(200, 4), piecesCertain: [true, false] },
    { ...at(301.1, 4), piecesCertain: [false, true] }, // 1.1 um off
    { ...at(300, 4), piecesCertain: [true, true, true] },
  ];
  const entries = joinedCertainty(truth, found);
  expect(entries.map(({ kind, count, right }) => [kind, count, right])).toEqual([
    ['one piece, certain', 1, 1],
    ['one piece, uncertain', 0, 0],
    ['joined, all pieces certain', 1, 1],
    ['joined, a smaller piece doubted', 2, 1],
    ['joined, the largest piece doubted', 1, 0],
  ]);
  expect(totalCertainty([entries, entries]).map(({ count }) => count)).toEqual([2, 0, 2, 4, 2]);
});
