import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import {
  judgeExportFolder,
  lateExportFolder,
  lookAtExportFolder,
} from '../../../src/doctor/checks/export-folder.ts';
import { premises } from '../../support/premises.ts';

const configOf = (folder: string) => loadConfig(null, {}, { watch: { folder } });

async function finding(folder: string) {
  const config = configOf(folder);
  return judgeExportFolder(await lookAtExportFolder(config), config.watch);
}

describe('the export folder', () => {
  it('is well where it can be read, and told with its file system', async () => {
    const { exportFolder } = premises();
    expect(await finding(exportFolder)).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/export: readable by \S+, on \S+ \(.+\)$/),
    });
  });

  it('fails where it is missing or a file, with the reason and what to do', async () => {
    const { folder } = premises();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await finding(join(folder, 'none'))).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/none: cannot be read by \S+ \(ENOENT/),
      advice: expect.stringContaining('correct watch.folder'),
    });
    expect(await finding(file)).toMatchObject({
      verdict: 'failure',
      found: expect.stringContaining('it is not a folder'),
    });
  });

  it('wants polling on a share, which tells of no new files', () => {
    const mount = { type: 'cifs', source: '//phenom/export', mountPoint: '/mnt' };
    const look = { folder: '/mnt/e', obstacle: null, mount, user: 'lab' };
    expect(judgeExportFolder(look, { polling: false })).toMatchObject({
      verdict: 'attention',
      advice: 'set watch.polling: true',
    });
    expect(judgeExportFolder(look, { polling: true })).toEqual({
      check: 'export folder',
      verdict: 'ok',
      found: '/mnt/e: readable by lab, on cifs (//phenom/export)',
      advice: null,
    });
  });

  it('fails where it does not answer', () => {
    expect(lateExportFolder(configOf('/mnt/e'), 8)).toMatchObject({
      verdict: 'failure',
      found: '/mnt/e: does not answer within 8 s',
    });
  });
});
