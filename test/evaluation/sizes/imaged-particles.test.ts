import { expect, it } from 'vitest';
import { centredIn } from '../../../src/evaluation/sizes/imaged-particles.ts';

it('takes the particles whose centre lies in a field, whatever part of them it shows', () => {
  // Two fields of 80 x 50 um side by side: x from -40 to 120, y from -25 to 25.
  const fields = [0, 80].map((x) => ({ stagePositionUm: { x, y: 0 }, fieldUm: { width: 80, height: 50 } }));
  const at = (x: number, y: number) => ({ centreUm: { x, y } });
  const within = [at(0, 0), at(39, 24), at(119, -24)];
  expect(centredIn(fields, [...within, at(-41, 0), at(0, 26), at(121, 0)])).toEqual(within);
});
