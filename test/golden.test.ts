import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type GoldenResult, goldenFile, goldenResults } from '../scripts/write-golden.ts';

/** As close as known answers must be (CLOSE): as many particles, areas within 0.5 %, so diameters within half of it. */
const TOLERANCE = { count: 0, diameterMeanUm: 0.0025, diameterD50Um: 0.0025 } as const;

const golden: GoldenResult[] = JSON.parse(readFileSync(goldenFile, 'utf8'));
let results: GoldenResult[];
beforeAll(async () => {
  results = await goldenResults();
}, 120_000);

describe('the shipped models on fixed virtual tiles', () => {
  it('are those whose results are written down', () => {
    const pairs = (all: readonly GoldenResult[]) =>
      all.map(({ model, scene }) => `${model} on ${scene}`).sort();
    expect(pairs(results), 'renew with node scripts/write-golden.ts').toEqual(pairs(golden));
  });

  it.each(golden)('find what they found: $model on $scene, $count particles', (written) => {
    const result = results.find(({ model, scene }) => model === written.model && scene === written.scene)!;
    for (const [figure, share] of Object.entries(TOLERANCE) as [keyof typeof TOLERANCE, number][]) {
      const change = Math.abs(result[figure] / written[figure] - 1);
      expect(
        change,
        `${figure} ${written[figure]} -> ${result[figure]}; ${cause(written, result)}`,
      ).toBeLessThanOrEqual(share);
    }
  });
});

function cause(written: GoldenResult, result: GoldenResult): string {
  const changed = [
    ...(written.modelSha256 === result.modelSha256 ? [] : ['the model is another']),
    ...(written.tilesSha256 === result.tilesSha256 ? [] : ['the simulator draws other tiles']),
  ];
  return `${changed.join(' and ') || 'model and tiles are the same'}; if meant, node scripts/write-golden.ts`;
}
