import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { judgeDisk, lookAtDisks } from '../../../src/doctor/checks/disk-space.ts';
import { premises } from '../../support/premises.ts';

const config = loadConfig(null, {});

describe('disk space', () => {
  it.each([
    [0.9e9, 'failure'],
    [9.9e9, 'attention'],
    [10e9, 'ok'],
  ])('of %d bytes is %s', (freeBytes, verdict) => {
    const disk = { use: 'store', folder: '/s', space: { freeBytes, totalBytes: 100e9 } } as const;
    expect(judgeDisk(disk, config)).toMatchObject({ check: 'disk space, store', verdict });
  });

  it('that cannot be asked is attention', () => {
    expect(judgeDisk({ use: 'reports', folder: '/s', space: null }, config)).toMatchObject({
      verdict: 'attention',
    });
  });

  it('is that of the disk where the folders will be, and none of reports that are not wanted', async () => {
    const { folder } = premises();
    const store = { file: join(folder, 'not', 'yet', 'particled.db') };
    const disks = await lookAtDisks(
      loadConfig(null, {}, { store, report: { folder: join(folder, 'reports') } }),
    );
    expect(disks.map(({ use, folder: of }) => [use, of])).toEqual([
      ['store', join(folder, 'not', 'yet')],
      ['reports', join(folder, 'reports')],
    ]);
    for (const { space } of disks) {
      expect(space?.totalBytes).toBeGreaterThan(0);
      expect(space?.freeBytes).toBeLessThanOrEqual(space?.totalBytes ?? 0);
    }
    expect(await lookAtDisks(loadConfig(null, {}, { store, report: { folder: null } }))).toHaveLength(1);
  });
});
