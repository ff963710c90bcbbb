import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { checkSecrets } from '../../../src/doctor/checks/secrets.ts';
import { premises } from '../../support/premises.ts';

describe('the check of secrets', () => {
  it('is content where there are none', () => {
    expect(checkSecrets(loadConfig(null, {}), null)).toMatchObject({ verdict: 'ok' });
  });

  it('names the open file, its key and what closes it', () => {
    const file = join(premises().folder, 'password');
    writeFileSync(file, 'hidden\n');
    const config = loadConfig(null, {}, { mqtt: { username: 'lab', passwordFile: file } });
    chmodSync(file, 0o644);
    expect(checkSecrets(config, null)).toMatchObject({
      verdict: 'attention',
      found: expect.stringContaining(`${file} (mqtt.passwordFile)`),
      advice: expect.stringContaining(`chmod 640 ${file}`),
    });
    chmodSync(file, 0o640);
    expect(checkSecrets(config, null)).toMatchObject({ verdict: 'ok', found: expect.stringContaining(file) });
  });
});
