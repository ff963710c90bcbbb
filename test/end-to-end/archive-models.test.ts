import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Comparison } from '../../src/commands/compare/comparison.ts';
import { particled, particledWith } from '../support/command.ts';
import { premises } from '../support/premises.ts';
import { simulatedTiles, writeTiles } from '../support/tiles.ts';

/** The one summary of a sample in a folder of results. */
function summaryIn(out: string, sample: string) {
  const [run, ...others] = readdirSync(join(out, sample));
  expect(others).toEqual([]);
  return JSON.parse(readFileSync(join(out, sample, run!, 'summary.json'), 'utf8'));
}

it('an archive seen again with another model gives a second result beside the first, and both are compared', async () => {
  const { folder, exportFolder } = premises();
  for (const [seed, sampleLabel] of ['one', 'two'].entries())
    writeTiles(exportFolder, await simulatedTiles({ rows: 1, columns: 2, seed, sampleLabel }));
  const one = { PARTICLED_SEGMENTER_PROCESSES: '1', PARTICLED_SEGMENTER_THREADS_PER_PROCESS: '1' };
  const resultOf = (name: string) => ['--store', join(folder, `${name}.db`), '--out', join(folder, name)];
  const low = await particledWith(one, 'analyse', exportFolder, ...resultOf('low'));
  expect(low.code, low.stderr).toBe(0);

  const unknown = await particledWith(
    one,
    'analyse',
    exportFolder,
    ...resultOf('other'),
    '--model',
    'middle',
  );
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain(
    '--model middle: is not installed; there are high (from 10000x), low (0x to 10000x)',
  );

  const before = summaryIn(join(folder, 'low'), 'one');
  const mixed = await particledWith(one, 'analyse', exportFolder, ...resultOf('low'), '--model', 'high');
  expect(mixed.code).toBe(1);
  expect(mixed.stderr).toMatch(
    /low\.db: holds 4 tiles segmented by low \(SHA-256 .*, and now it would be by high/,
  );
  expect(mixed.stderr).toContain('give this one a --store and an --out of its own');
  expect(summaryIn(join(folder, 'low'), 'one')).toEqual(before);

  const high = await particledWith(one, 'analyse', exportFolder, ...resultOf('high'), '--model', 'high');
  expect(high.code, high.stderr).toBe(0);
  const command = await particled('compare', join(folder, 'low'), join(folder, 'high'), '--json');
  expect(command.code, command.stderr).toBe(0);
  const { runs, leftOut }: Comparison = JSON.parse(command.stdout);
  expect(runs.map(({ sample, tiles, models }) => [sample.label, tiles.both, models])).toEqual([
    ['one', 2, { a: ['low'], b: ['high'] }],
    ['two', 2, { a: ['low'], b: ['high'] }],
  ]);
  expect(leftOut).toEqual({ onlyA: [], onlyB: [], faults: [], tiles: 0 });
  for (const { sample, figures } of runs) {
    for (const [side, name] of [
      ['a', 'low'],
      ['b', 'high'],
    ] as const) {
      const { all } = summaryIn(join(folder, name), sample.label).statistics;
      expect(figures.count[side]).toBe(all.count);
      expect(figures.areaMeanUm2[side]).toBe(all.areaUm2.mean.value);
      expect(figures.d50Um[side]).toBe(all.diameterEquivalentUm.d50.value);
      expect(figures.d90ByVolumeUm[side]).toBe(all.diameterByVolumeUm.d90.value);
    }
    // At a magnification that is not its own the other network finds other particles.
    expect(figures.d50Um.change).not.toBe(0);
  }
}, 600_000);
