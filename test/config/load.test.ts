import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingEntries } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError } from '../../src/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'particled-config-'));

let files = 0;

function fileWith(text: string): string {
  const file = join(folder, `${files++}.yaml`);
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
    expect(config.grid).toMatchObject({ rows: 9, columns: 8, stallAfterS: 5 });
  });

  it('reads lists and null from the environment', () => {
    const config = loadConfig(null, { PARTICLED_WATCH_INCLUDE: '[a.tif]', PARTICLED_REPORT_FOLDER: 'null' });
    expect(config.watch.include).toEqual(['a.tif']);
    expect(config.report.folder).toBeNull();
    expect(faultsOf(() => loadConfig(null, { PARTICLED_LOG_LEVEL: 'null' }))[0]).toMatch(
      /^PARTICLED_LOG_LEVEL \(log\.level\): "null" is refused: must be debug, info, warn or error$/,
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

  it('does not take the variable that names the file for a setting', () => {
    expect(loadConfig(null, { PARTICLED_CONFIG: '/etc/other.yaml' })).toEqual(loadConfig(null, {}));
  });

  it('names an environment variable that means nothing', () => {
    expect(faultsOf(() => loadConfig(null, { PARTICLED_WATCH_FOLDR: '/x' }))[0]).toMatch(
      /PARTICLED_WATCH_FOLDR: no such setting/,
    );
  });

  it('lists faults of the file and of the environment together, and names the variable that set a key', () => {
    const faults = faultsOf(() =>
      loadConfig(fileWith('grid: { rows: 0, columns: 5 }\nmail: { host: mail.lab, from: a@b }\n# 1'), {
        PARTICLED_GRID_COLUMNS: '2000',
        PARTICLED_MAIL_TO: '[nobody]',
        PARTICLED_WATCH_FOLDR: '/x',
      }),
    );
    expect(faults.toSorted()).toEqual([
      'PARTICLED_GRID_COLUMNS (grid.columns): 2000 is refused: must be at most 1000',
      'PARTICLED_MAIL_TO (mail.to.0): "nobody" is refused: must be a mail address such as lab@example.org',
      'PARTICLED_WATCH_FOLDR: no such setting; did you mean PARTICLED_WATCH_FOLDER?',
      'grid.rows: 0 is refused: must be at least 1',
    ]);
  });

  it('names the variable also where two keys contradict each other', () => {
    expect(faultsOf(() => loadConfig(null, { PARTICLED_MAIL_HOST: 'mail.lab' }))).toEqual([
      'mail.from: is not set but PARTICLED_MAIL_HOST (mail.host) is; give the address that the mail comes from',
      'mail.to: is empty but PARTICLED_MAIL_HOST (mail.host) is set; give at least one address',
    ]);
  });

  it.each([
    ['watch: 5', 'watch: 5 is refused: must be a map of keys'],
    [
      'watch: { folder: 5 }',
      'watch.folder: 5 is refused: must be text, in quotes where it looks like a number',
    ],
    ['watch: { polling: maybe }', 'watch.polling: "maybe" is refused: must be true or false'],
    ['watch: { include: a.tif }', 'watch.include: "a.tif" is refused: must be a list such as [a, b]'],
    ['watch: { include: [] }', 'watch.include: [] is refused: must have at least 1 entry'],
    ['watch: { include: [""] }', 'watch.include.0: "" is refused: must have at least 1 letter'],
    ['watch: { stabilityMs: 1.5e2x }', 'watch.stabilityMs: "1.5e2x" is refused: must be a number'],
    ['watch: { stabilityMs: 99.5 }', 'watch.stabilityMs: 99.5 is refused: must be a whole number'],
    ['watch: { stabilityMs: 5 }', 'watch.stabilityMs: 5 is refused: must be at least 50'],
    ['watch: { rescanIntervalS: .nan }', 'watch.rescanIntervalS: NaN is refused: must be a number'],
    ['watch: { rescanIntervalS: null }', 'watch.rescanIntervalS: null is refused: must be a number'],
    ['mqtt: { port: 70000 }', 'mqtt.port: 70000 is refused: must be at most 65535'],
    [
      'mqtt: { broker: embeded }',
      'mqtt.broker: "embeded" is refused: must be embedded or external; did you mean embedded?',
    ],
    ['target: { probability: 0.5 }', 'target.probability: 0.5 is refused: must be over 0.5'],
    ['target: { probability: 1 }', 'target.probability: 1 is refused: must be under 1'],
    ['target: { d50MinUm: 5 }', 'target: target.d50MinUm and target.d50MaxUm must both be given, or neither'],
    [
      'mail: { subjectPrefix: aaaaaaaaaabbbbbbbbbbccccccccccddddddddddE }',
      'mail.subjectPrefix: "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddE" is refused: must have 40 letters or fewer',
    ],
    ['watch: { foldr: /data }', 'watch.foldr: unknown key; did you mean folder?'],
    ['watch: { Folder: /data }', 'watch.Folder: unknown key; did you mean folder?'],
    ['wach: { folder: /data }', 'wach: unknown key; did you mean watch?'],
    ['log: { colour: red }', 'log.colour: unknown key; there are level, format'],
  ])('says in its own words what is wrong with %s', (yaml, fault) => {
    expect(faultsOf(() => loadConfig(fileWith(yaml), {}))).toEqual([fault]);
  });

  it('has words of its own for every value of the wrong kind, in every key', () => {
    const wrong = Object.groupBy(settingEntries(), ({ section }) => section);
    const settings = Object.fromEntries(
      Object.entries(wrong).map(([section, entries = []]) => [
        section,
        Object.fromEntries(entries.map(({ name }) => [name, { a: 1 }])),
      ]),
    );
    const faults = faultsOf(() => loadConfig(null, {}, settings));
    expect(faults).toHaveLength(settingEntries().length);
    for (const fault of faults) expect(fault).not.toMatch(/expected|received|Invalid|Too (small|big)/);
  });

  it('takes a section without a key as one that is left out', () => {
    expect(loadConfig(fileWith('watch:\n  # folder: /data\n'), {})).toEqual(loadConfig(null, {}));
  });

  it('names a file that is not there, and how to name another', () => {
    expect(() => loadConfig('/nowhere/particled.yaml', {})).toThrow(
      /^\/nowhere\/particled\.yaml: 1 fault.*\n.*cannot be read \(ENOENT.*--config or PARTICLED_CONFIG$/,
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

  it.each([
    ['lab/reports', 'must be an address such as https://files.lab.example/particled'],
    ['file:///srv/reports', 'must be an address such as https://files.lab.example/particled'],
    [
      'https://ada:secret@lab.example',
      'must have no user name, password, ? or #: mails carry it to everybody',
    ],
    ['https://lab.example/?token=1', 'must have no user name, password, ? or #: mails carry it to everybody'],
  ])('refuses %s as the address of the reports', (address, fault) => {
    const [said, ...others] = faultsOf(() => loadConfig(null, {}, { report: { baseUrl: address } }));
    expect(said).toContain('report.baseUrl');
    expect(said).toContain(fault);
    expect(others).toEqual([]);
  });

  it('refuses an address of reports where no files are written', () => {
    const report = { folder: null, baseUrl: 'https://lab.example' };
    expect(faultsOf(() => loadConfig(null, {}, { report }))).toEqual([
      'report.baseUrl: is set while report.folder is null, so that nothing lies there; set both',
    ]);
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

  it('names an alias that stands for nothing', () => {
    expect(faultsOf(() => loadConfig(fileWith('grid:\n  <<: *a'), {}))).toEqual([
      expect.stringMatching(/Unresolved alias .*: a; write the values out$/),
    ]);
  });

  it('shows the line of a YAML mistake', () => {
    expect(faultsOf(() => loadConfig(fileWith('grid:\n  rows: [1'), {}))[0]).toMatch(/line 2/);
  });
});
