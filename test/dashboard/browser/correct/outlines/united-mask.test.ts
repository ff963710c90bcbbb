import { expect, it } from 'vitest';
import { unitedMask } from '../../../../../src/dashboard/browser/correct/outlines/united-mask.ts';
import { rectangle } from './outlines.ts';

it('has the pixels of two outlines once each, with a margin around them', () => {
  const mask = unitedMask([rectangle(2, 2, 2, 1), rectangle(3, 2, 2, 1)], 1);
  expect(mask).toMatchObject({ x: 1, y: 1, width: 5, height: 3 });
  expect([...mask.bits]).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
});
