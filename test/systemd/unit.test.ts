import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeNeeding, program } from '../support/needs.ts';
import { premises } from '../support/premises.ts';

const unit = fileURLToPath(new URL('../../systemd/particled.service', import.meta.url));

describeNeeding(program('systemd-analyze', 'systemd'))('the systemd unit', () => {
  it('is exposed by 2.5 of 10 at most, as systemd-analyze counts', () => {
    const { stdout, stderr } = spawnSync('systemd-analyze', ['security', '--offline=true', unit], {
      encoding: 'utf8',
    });
    const [, level] = /Overall exposure level for particled\.service: ([\d.]+)/.exec(stdout) ?? [];
    expect(level, stdout + stderr).toBeDefined();
    expect(Number(level), stdout).toBeLessThanOrEqual(2.5);
  });

  it('is verified without a complaint, its program put in place', () => {
    const { folder } = premises();
    const copy = join(folder, 'particled.service');
    writeFileSync(copy, readFileSync(unit, 'utf8').replace('/usr/bin/particled', process.execPath));
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', copy], {
      encoding: 'utf8',
    });
    expect(stdout + stderr).toBe('');
    expect(status).toBe(0);
  });
});
