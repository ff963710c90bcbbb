import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { BEGUN, lookApart } from '../../src/doctor/apart.ts';
import { unseen } from '../../src/doctor/examine.ts';
import { premises } from '../support/premises.ts';

describe('a look in a process of its own', () => {
  it('brings back what it saw', async () => {
    const { exportFolder } = premises();
    const config = loadConfig(null, {}, { watch: { folder: exportFolder } });
    expect(await lookApart('export-folder', config, 20)).toMatchObject({
      seen: { folder: exportFolder, obstacle: null, mount: { type: expect.any(String) } },
    });
  });

  it('is given up when it does not come back, and says so', async () => {
    const { folder } = premises();
    mkdirSync(join(folder, 'model'));
    // Opening a pipe without a writer waits for ever, as a share that hangs does.
    execFileSync('mkfifo', [join(folder, 'model', 'manifest.json')]);
    const config = loadConfig(null, {}, { models: { folder } });
    const outcome = await lookApart('models', config, 2);
    expect(outcome).toEqual({ lateAfterS: 2 });
    expect('seen' in outcome ? null : unseen('models', outcome)).toMatchObject({
      verdict: 'failure',
      found: 'no answer within 2 s',
    });
  });

  it('has its time from when it begins: a busy computer that is slow to start it is no hanging share', async () => {
    const entry = join(premises().folder, 'slow.mjs');
    const late = 1500; // over the limit of 1 s
    writeFileSync(
      entry,
      `process.once('message', () => setTimeout(() => {
        process.send('${BEGUN}');
        process.send({ seen: 'all' }, () => process.disconnect());
      }, ${late}));`,
    );
    expect(await lookApart('store', loadConfig(null, {}), 1, entry)).toEqual({ seen: 'all' });
  });

  it('is told of when its process ends without a word', async () => {
    const entry = join(premises().folder, 'ends.mjs');
    writeFileSync(entry, 'process.exit(3)');
    expect(await lookApart('store', loadConfig(null, {}), 20, entry)).toEqual({
      error: 'its process ended (exit code 3)',
    });
  });

  it('tells the reason when it fails', async () => {
    const config = loadConfig(null, {}, { watch: { folder: '/nowhere' } });
    expect(await lookApart('newest-file', config, 20)).toEqual({ error: expect.stringContaining('ENOENT') });
  });
});
