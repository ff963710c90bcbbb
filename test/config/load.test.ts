import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingEntries } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'particled-config-'));

function fileWith(text: string): string {
  const file = join(folder, `${Math.abs(text.length * 7919)}.yaml`);
  writeFileSync(file, text);
  return file;
}

function faultsOf(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('the configuration', () => {
  it('stands on its defaults alone', () => {
    expect(loadConfig(null, {}).grid).toMatchObject({ rows: 12, columns: 24 });
  });

  it('gives its defaults in config/default.yaml', () => {
    expect(loadConfig('config/default.yaml', {})).toEqual(loadConfig(null, {}));
  });

  it('accepts the example of a laboratory', () => {
    expect(loadConfig('config/example-lab.yaml', {}).mqtt.broker).toBe('external');
  });

  it('describes every key in a sentence', () => {
    for (const { key, description } of settingEntries()) expect(description, key).toMatch(/^\S.{15,}[.]$/s);
  });

  it('takes the environment over the file, and the command line over both', () => {
    const file = fileWith('grid: { rows: 3, columns: 4, stallAfterS: 5 }');
    const config = loadConfig(
      file,
      { PARTICLED_GRID_ROWS: '7', PARTICLED_GRID_COLUMNS: '8' },
      { grid: { rows: 9 } },
    );
    expect(config.grid).toEqual({ rows: 9, columns: 8, stallAfterS: 5 });
  });

  it('reads lists and null from the environment', () => {
    const config = loadConfig(null, { PARTICLED_WATCH_INCLUDE: '[a.tif]', PARTICLED_REPORT_FOLDER: 'null' });
    expect(config.watch.include).toEqual(['a.tif']);
    expect(config.report.folder).toBeNull();
    expect(faultsOf(() => loadConfig(null, { PARTICLED_LOG_LEVEL: 'null' }))[0]).toMatch(
      /log\.level: "null" is refused/,
    );
  });

  it('lists all faults at once, each with its key, the value and the limit', () => {
    const file = fileWith('grid: { rows: 0 }\nmqtt: { prot: 1, port: 70000 }\nwatch: { folder: 5 }');
    const faults = faultsOf(() => loadConfig(file, {}));
    expect(faults).toHaveLength(4);
    expect(faults.join('\n')).toMatch(/grid\.rows: 0 is refused: .*1/);
    expect(faults.join('\n')).toMatch(/mqtt\.port: 70000 is refused: .*65535/);
    expect(faults.join('\n')).toMatch(/mqtt\.prot: unknown key/);
    expect(faults.join('\n')).toMatch(/watch\.folder: 5 is refused/);
  });

  it.each([
    [{ host: 'mail.lab', to: ['a@lab.example'] }, /^mail\.from: is not set/],
    [{ host: 'mail.lab', from: 'a@lab.example' }, /^mail\.to: is empty/],
    [{ username: 'lab' }, /^mail\.username, mail\.passwordFile: one is set/],
    [{ security: 'none', username: 'lab', passwordFile: '/p' }, /^mail\.security: none .* in clear/],
    [{ security: 'none', caFile: '/ca.pem' }, /^mail\.caFile: is set but mail\.security is none/],
    [{ at: '24:00' }, /^mail\.at: "24:00" is refused: must be a time of day/],
    [{ timeZone: 'Europe/Bonn' }, /^mail\.timeZone: "Europe\/Bonn" is refused: .*Europe\/Berlin/],
    [{ to: ['nobody'] }, /^mail\.to\.0: "nobody" is refused: must be a mail address/],
  ])('names what is wrong with the section mail: %j', (mail, fault) => {
    expect(faultsOf(() => loadConfig(null, {}, { mail }))).toEqual([expect.stringMatching(fault)]);
  });

  it('names an environment variable that means nothing', () => {
    expect(faultsOf(() => loadConfig(null, { PARTICLED_WATCH_FOLDR: '/x' }))[0]).toMatch(
      /PARTICLED_WATCH_FOLDR: no such setting/,
    );
  });

  it('refuses to write into the folder it watches', () => {
    const faults = faultsOf(() =>
      loadConfig(fileWith('watch: { folder: /a/b }\nreport: { folder: /a/b/reports }'), {}),
    );
    expect(faults).toEqual([
      'report.folder: /a/b/reports lies inside watch.folder (/a/b); particled only reads there',
    ]);
    expect(
      loadConfig(fileWith('watch: { folder: /a/b }\nreport: { folder: /a/b-reports }'), {}).report.folder,
    ).toBe('/a/b-reports');
  });

  it('refuses keys that contradict each other', () => {
    const faults = faultsOf(() =>
      loadConfig(fileWith('grid: { rows: null }\nmqtt: { passwordFile: p, caFile: c }'), {}),
    );
    expect(faults.map((fault) => fault.split(':')[0])).toEqual([
      'grid.rows, grid.columns',
      'mqtt.passwordFile',
      'mqtt.caFile',
    ]);
  });

  it('shows the line of a YAML mistake', () => {
    expect(faultsOf(() => loadConfig(fileWith('grid:\n  rows: [1'), {}))[0]).toMatch(/line 2/);
  });
});
