import { expect, it } from 'vitest';
import { placedCut } from '../../src/grid/placed-cut.ts';

// 200 x 100 px of 0.5 um around (1000, 2000) um: x from 950 to 1050 um, y from 1975 to 2025 um.
const tile = { stagePositionUm: { x: 1000, y: 2000 }, fieldUm: { width: 100, height: 50 } };

it('places rows from the top down, from the upper edge of the first to the lower edge of the last', () => {
  expect(placedCut({ side: 'left', fromPx: 0, toPx: 3 }, tile, 0.5)).toEqual({
    side: 'left',
    fromUm: 2023,
    toUm: 2025,
  });
});

it('places columns from the left, a single pixel as one pixel wide', () => {
  expect(placedCut({ side: 'bottom', fromPx: 199, toPx: 199 }, tile, 0.5)).toEqual({
    side: 'bottom',
    fromUm: 1049.5,
    toUm: 1050,
  });
});
