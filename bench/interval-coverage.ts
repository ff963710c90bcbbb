/**
 * How often 95 % intervals hold the truth, by the number of tiles: `node bench/interval-coverage.ts`.
 * The virtual powder, whose tiles differ as much as their particles do, is that of the tests.
 */
import { coverage, figures } from '../test/statistics/virtual-powder.ts';

const SAMPLES = 400;

console.log(['tiles', ...figures].join('\t'));
for (const tiles of [6, 10, 20, 40, 288]) {
  const { held } = coverage(SAMPLES, tiles);
  console.log([tiles, ...figures.map((figure) => `${(100 * held[figure]).toFixed(1)} %`)].join('\t'));
}
