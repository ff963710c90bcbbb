import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { judgeReportFolder, lookAtReportFolder } from '../../../src/doctor/checks/report-folder.ts';
import { premises } from '../../support/premises.ts';

async function finding(folder: string | null) {
  return judgeReportFolder(await lookAtReportFolder(loadConfig(null, {}, { report: { folder } })));
}

describe('the report folder', () => {
  it('is not made by looking, and well once it is there', async () => {
    const { folder, reportFolder } = premises();
    expect(await finding(reportFolder)).toMatchObject({
      verdict: 'ok',
      found: `${reportFolder}: will be made in ${folder}`,
    });
    expect(existsSync(reportFolder)).toBe(false);
    mkdirSync(reportFolder);
    expect(await finding(reportFolder)).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('writable by'),
    });
  });

  it('fails where a file is in the way', async () => {
    const { reportFolder } = premises();
    writeFileSync(reportFolder, '');
    expect(await finding(reportFolder)).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/reports: cannot be written by .* is no folder\)$/),
      advice: expect.stringContaining('correct report.folder'),
    });
    expect(await finding(join(reportFolder, 'below'))).toMatchObject({
      verdict: 'failure',
      found: expect.stringMatching(/below: cannot be made by /),
    });
  });

  it('may be none', async () => {
    expect(await finding(null)).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/^none: report\.folder is null/),
    });
  });
});
