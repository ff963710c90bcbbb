import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { composedNight } from '../../src/nights/composer.ts';
import { openStore } from '../../src/store/database.ts';
import { premises } from '../support/premises.ts';

function request(storeFile: string) {
  const config = loadConfig(null, {}, { store: { file: storeFile }, report: { folder: null } });
  return { config, localDate: '2026-11-23', reasons: ['the broker is not connected'] };
}

describe('the process that composes a mail', () => {
  it('answers with the mail, which tells what only the asker knows', async () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    const mail = await composedNight(request(storeFile));
    expect(mail.subject).toBe('particled phenom, 23 Nov: no samples, instrument needs attention');
    expect(mail.text).toContain('Instrument: the broker is not connected;');
    expect(mail.text).toContain('no tile yet');
  });

  it('fails with the reason of what it could not do', async () => {
    const none = join(premises().folder, 'none.db');
    await expect(composedNight(request(none))).rejects.toThrow(`${none}: cannot be opened`);
  });

  it('ends when nobody waits for it any more', async () => {
    const { storeFile } = premises();
    openStore(storeFile).close();
    const ending = new AbortController();
    const mail = composedNight(request(storeFile), ending.signal);
    ending.abort();
    await expect(mail).rejects.toThrow('aborted');
  });
});
