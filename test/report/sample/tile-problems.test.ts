import { expect, it } from 'vitest';
import { tileProblems } from '../../../src/report/sample/tile-problems.ts';
import { smallSummary } from './example-summary.ts';

it('tiles that give nothing are listed once each, with the place to image them again', () => {
  const leftOut = { contentHash: 'a'.repeat(64), file: 'c.tif', row: 1, column: 0 };
  const problems = tileProblems({
    ...smallSummary,
    imaging: { tiles: [{ ...leftOut, causes: ['blurred'], reason: 'sharpness 1.2 under 3' }] },
    reimage: [
      ...smallSummary.reimage,
      { file: 'c.tif', row: 1, column: 0, stagePositionUm: { x: 1, y: 2 }, causes: ['blurred'] },
      { file: null, row: 2, column: 2, stagePositionUm: { x: 3, y: 4 }, causes: ['missing'] },
    ],
  });
  expect(
    problems.map(({ kind, row, column, stagePositionUm, reason }) => [
      kind,
      row,
      column,
      stagePositionUm,
      reason,
    ]),
  ).toEqual([
    ['failed', 0, 1, { x: 83.5, y: 31.5 }, 'the segmenter ended twice while it worked on this tile'],
    ['left out', 1, 0, { x: 1, y: 2 }, 'sharpness 1.2 under 3'],
    ['missing', 0, 2, { x: 163.5, y: 31.5 }, 'no tile has come from there'],
    ['missing', 2, 2, { x: 3, y: 4 }, 'missing'],
  ]);
});
