import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTile } from '../../src/watcher/read-tile.ts';
import { particled } from '../support/command.ts';
import { premises } from '../support/premises.ts';

describe('particled simulate', () => {
  it('writes a grid that particled can read, and the truth', async () => {
    const { exportFolder } = premises();
    const { code, stdout } = await particled(
      ...[
        'simulate',
        '--out',
        exportFolder,
        '--rows',
        '1',
        '--columns',
        '2',
        '--label',
        'powder',
        '--seed',
        '7',
      ],
      ...['--overlap', '0.25'],
    );
    expect(code).toBe(0);
    expect(readdirSync(exportFolder).toSorted()).toEqual([
      'powder_r00_c00.tiff',
      'powder_r00_c01.tiff',
      'truth.json',
    ]);
    const truth = JSON.parse(readFileSync(join(exportFolder, 'truth.json'), 'utf8'));
    expect(truth).toMatchObject({ sampleLabel: 'powder', seed: 7 });
    expect(stdout).toBe(`2 tiles and truth.json (${truth.particles.length} particles) in ${exportFolder}\n`);
    const { file, metadata } = await readTile(join(exportFolder, 'powder_r00_c01.tiff'), {
      displayWidthDefaultM: 0.5,
    });
    expect(file).toMatchObject({ widthPx: 1920, heightPx: 1200 });
    // A quarter of 80 um is shared, so the second tile stands 60 um to the right.
    expect(metadata.stagePositionUm?.x).toBeCloseTo(60, 9);
  }, 60_000);

  it.each([
    ['--rows', '0'],
    ['--seed', 'one'],
  ])('refuses %s %s', async (option, value) => {
    const { folder } = premises();
    const { code, stderr } = await particled('simulate', '--out', join(folder, 'out'), option, value);
    expect(code).toBe(1);
    expect(stderr).toMatch(/must be a whole number from/);
    expect(readdirSync(folder)).toEqual(['export']);
  });
});
