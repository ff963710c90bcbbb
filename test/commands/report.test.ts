import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { report } from '../../src/commands/report.ts';
import { loadConfig } from '../../src/config/load.ts';
import { particled } from '../support/command.ts';
import { storeOfSamples } from '../support/finished-store.ts';
import { type Premises, premises, type Settings } from '../support/premises.ts';
import { smtp } from '../support/smtp.ts';

const atNight = { at: '06:30', timeZone: 'UTC' };

const asked = { out: '.', send: false, open: false, json: false };

function mailTo({ port }: { readonly port: number }): Settings['mail'] {
  const ends = { from: 'phenom@lab.example', to: ['ada@lab.example'] };
  return { host: '127.0.0.1', port, security: 'none', ...ends };
}

/** Three nights: the 21st and 22nd have a sample of the same name, the 23rd none. */
function laboratory(mail: Settings['mail'] = {}): Premises & { readonly config: string } {
  const place = premises();
  storeOfSamples(place.storeFile, [
    { label: 'powder', d50: 5, at: '2026-11-21T06:29:59.999Z' },
    { label: 'powder', d50: 6, at: '2026-11-21T06:30:00.000Z' },
  ]).close();
  const config = join(place.folder, 'config.yaml');
  const settings: Settings = {
    instrument: { name: 'phenom-1' },
    store: { file: place.storeFile },
    report: { folder: null },
    mail: { ...atNight, ...mail },
  };
  writeFileSync(config, stringify(settings));
  return { ...place, config };
}

describe('particled report', () => {
  it("writes a night's report and names its files; a night ends before its time of day", async () => {
    const { folder, config } = laboratory();
    const written = (date: string) =>
      particled('report', '--config', config, '--date', date, '--out', folder);
    const { code, stdout, stderr } = await written('2026-11-22');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const files = ['html', 'txt', 'csv'].map((ending) => join(folder, `night-2026-11-22.${ending}`));
    expect(stdout.trimEnd().split('\n')).toEqual(files);
    const [html, text, csv] = files.map((file) => readFileSync(file, 'utf8'));
    // 6 is a fifth more than 5; a tenth to each side of both overlaps.
    expect(text).toContain(
      'D50 +20 % since 21 Nov, 06:29, when it was 5.00 µm (4.50 to 5.50); the intervals overlap',
    );
    expect(html).toContain('data:image/png;base64,');
    expect(csv?.split('\r\n')[1]).toMatch(/^powder,powder,run-1,/);

    await report(loadConfig(config, {}), { ...asked, date: '2026-11-23', out: folder });
    expect(readFileSync(join(folder, 'night-2026-11-23.txt'), 'utf8')).toMatch(
      /^phenom-1: no sample finished/,
    );
    expect(readdirSync(folder)).not.toContain('night-2026-11-23.csv');
  });

  it('sends it as often as it is asked to, each time under an id of its own', async () => {
    const server = await smtp();
    const config = loadConfig(laboratory(mailTo(server)).config, {});
    for (let i = 0; i < 2; i += 1) await report(config, { ...asked, date: '2026-11-22', send: true });
    expect(new Set(server.mails.map(({ messageId }) => messageId)).size).toBe(2);
    expect(server.mails.map(({ subject }) => subject)).toEqual(
      Array(2).fill('particled phenom-1, 22 Nov: 1 sample'),
    );
    expect(server.mails[0]?.text).toContain('D50 +20 %');
  });

  it.each([
    [
      { date: '2026-02-30' },
      '--date 2026-02-30: is no date; give one as 2026-11-23, or today, yesterday, tonight',
    ],
    [{ date: '2999-01-01' }, '--date 2999-01-01: that night has not begun; give an earlier one'],
    [{ run: 'run-1' }, '--run run-1: is of a sample; give --sample too'],
    [{ filter: 'areaUm2 > 1' }, '--filter areaUm2 > 1: is of a sample; give --sample too'],
    [{ sample: 'none' }, '"none": no run of this sample'],
    [{ sample: 'powder', run: 'run-9' }, 'run-9: no such run of this sample; its latest are run-1, run-0'],
    [{ date: '2026-11-22', send: true }, 'mail.host: is not set, so nothing can be sent'],
  ])('refuses %j and says why', async (words, reason) => {
    const config = loadConfig(laboratory().config, {});
    await expect(report(config, { ...asked, ...words })).rejects.toThrow(reason);
  });

  it("makes a sample's page again, of its latest run or of a named one, and tells as data where", async () => {
    const { folder, config, storeFile } = laboratory();
    const out = join(folder, 'again');
    const { code, stdout, stderr } = await particled(
      ...['report', '--config', config, '--sample', 'powder', '--run', 'run-0', '--out', out, '--json'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const page = join(out, 'powder', 'run-0', 'report.html');
    expect(JSON.parse(stdout)).toEqual({
      sample: { id: 'powder', label: 'powder' },
      ...{ run: 'run-0', revision: 1, folder: join(out, 'powder', 'run-0'), page },
    });
    expect(readFileSync(page, 'utf8')).toContain('5.0');

    // Without --out it lies where the daemon keeps it.
    const reports = join(folder, 'reports');
    const own = loadConfig(null, {}, { store: { file: storeFile }, report: { folder: reports } });
    const { out: _, ...unplaced } = asked;
    await report(own, { ...unplaced, sample: 'powder' });
    expect(readdirSync(join(reports, 'powder'))).toEqual(['run-1']);
    await expect(report(loadConfig(config, {}), { ...unplaced, sample: 'powder' })).rejects.toThrow(
      'report.folder: is null',
    );
    const filtered = { ...unplaced, sample: 'powder', filter: 'areaUm2 > 1' };
    await expect(report(own, filtered)).rejects.toThrow(
      '--filter areaUm2 > 1: would write over the files of the published figures; give --out',
    );
  });

  it("takes today, yesterday and tonight for dates of the instrument's calendar, and tells as data", async () => {
    const { folder, config } = laboratory();
    const dayAfter = (days: number) => new Date(Date.now() + 86_400_000 * days).toISOString().slice(0, 10);
    const [before, today] = [dayAfter(-1), dayAfter(0)];
    const { stdout } = await particled(
      ...['report', '--config', config, '--date', 'yesterday', '--out', folder, '--json'],
    );
    const { date, files } = JSON.parse(stdout);
    expect({ date, files }).toEqual({
      date: before,
      files: [join(folder, `night-${before}.html`), join(folder, `night-${before}.txt`)],
    });
    await report(loadConfig(config, {}), { ...asked, date: 'today', out: folder });
    await report(loadConfig(config, {}), { ...asked, date: 'tonight', out: folder });
    const written = readdirSync(folder).filter((name) => name.endsWith('.txt'));
    expect(written).toContain(`night-${today}.txt`);
    // Tonight ends at 06:30 of today or of tomorrow.
    expect([`night-${today}.txt`, `night-${dayAfter(1)}.txt`]).toContain(written.at(-1));
  });

  it('says where no store is, and which server does not answer', async () => {
    const none = join(premises().folder, 'none.db');
    await expect(report(loadConfig(null, {}, { store: { file: none } }), asked)).rejects.toThrow(
      `${none}: cannot be opened`,
    );
    const gone = await smtp();
    await gone.close();
    const config = loadConfig(laboratory(mailTo(gone)).config, {});
    await expect(report(config, { ...asked, date: '2026-11-22', send: true })).rejects.toThrow(
      `127.0.0.1:${gone.port}: connect ECONNREFUSED`,
    );
  });
});
