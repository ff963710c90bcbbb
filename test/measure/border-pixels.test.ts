import { expect, it } from 'vitest';
import { borderPixels } from '../../src/measure/border-pixels.ts';
import { drawn, rectangle } from './shapes.ts';

it('yields the rim of a 4 x 3 px block, in tile coordinates', () => {
  // 12 pixels less the two in the middle of the second row.
  const rim = [...borderPixels(rectangle(4, 3, 10, 20))];
  expect(rim).toHaveLength(10);
  expect(rim[0]).toEqual({ x: 10, y: 20 });
  expect(rim.at(-1)).toEqual({ x: 13, y: 22 });
  expect(rim).not.toContainEqual({ x: 11, y: 21 });
  expect(rim).not.toContainEqual({ x: 12, y: 21 });
});

it('yields the pixels around a hole, but not those that meet it at a corner only', () => {
  const plate = drawn(['#####', '#####', '##.##', '#####', '#####']);
  const inner = [...borderPixels(plate)].filter(({ x, y }) => x > 0 && x < 4 && y > 0 && y < 4);
  expect(inner).toEqual([
    { x: 2, y: 1 },
    { x: 1, y: 2 },
    { x: 3, y: 2 },
    { x: 2, y: 3 },
  ]);
});
