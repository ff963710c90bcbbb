import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';

it('measures virtual samples once and compares them again without their tiles', async () => {
  const { folder } = premises();
  const keep = join(folder, 'kept');
  const size = ['--samples', '1', '--rows', '1', '--columns', '2'];
  const words = ['evaluate', 'sizes', ...size, '--keep', keep, '--stop-on-target'];
  const first = await particled(...words, '--json');
  expect(first.code, first.stderr).toBe(0);
  const { samples, tiles, particlesImaged, particlesCounted, ledger, methods, stopOnTarget } = JSON.parse(
    first.stdout,
  );
  expect({ samples, tiles }).toEqual({ samples: 1, tiles: 2 });
  expect(particlesCounted).toBe(ledger.matched.count + ledger.extra.count);
  expect(particlesImaged).toBeGreaterThan(0);
  const weighted = methods.find(
    (method: { border: string; particles: string }) =>
      method.border === 'weight' && method.particles === 'all',
  );
  expect(Math.abs(weighted.figures.d50.toImaged.mean)).toBeLessThan(0.2);
  // The truth.json that was written says which powder it is.
  expect(weighted.figures.d50.toPowder).not.toBeNull();
  // At least eight tiles are asked for by default, and there are two.
  expect(stopOnTarget).toMatchObject({ stopped: 0, scans: [{ tiles: 2, stoppedAfter: null }] });

  expect(readdirSync(join(keep, 'seed-1-1x2-powder-1'))).toEqual(['truth.json']);
  const [again, table] = await Promise.all([particled(...words, '--json'), particled(...words)]);
  expect(again.stdout).toBe(first.stdout);
  expect(table.stdout).toMatch(/^1 samples, 2 tiles/);
  expect(table.stdout).toMatch(/0 of 1 scans stopped/);
}, 120_000);
