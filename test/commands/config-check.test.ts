import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { configSchema } from '../../src/config/schema.ts';
import { particled, particledWith } from '../support/command.ts';
import { premises } from '../support/premises.ts';

describe('particled config check', () => {
  it('prints what is in force, where it comes from, and what is next', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    writeFileSync(file, stringify({ grid: { rows: 3, columns: 4 } }));
    const { code, stdout, stderr } = await particled('config', 'check', '--config', file);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(configSchema.parse({ grid: { rows: 3, columns: 4 } }));
    const [inForce, next] = stderr.trimEnd().split('\n');
    expect(inForce).toBe(`in force: ${file} (--config)`);
    expect(next).toMatch(`next: particled doctor --config ${file},`);
  });

  it('finds the file that PARTICLED_CONFIG names, and tells which variables set a key over it', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    writeFileSync(file, stringify({ grid: { rows: 3, columns: 4 } }));
    const { stdout, stderr } = await particledWith(
      { PARTICLED_CONFIG: file, PARTICLED_GRID_ROWS: '5' },
      ...['config', 'check'],
    );
    expect(JSON.parse(stdout).grid).toMatchObject({ rows: 5, columns: 4 });
    expect(stderr).toContain(`in force: ${file} (PARTICLED_CONFIG), PARTICLED_GRID_ROWS\n`);
    expect(stderr).toContain('next: particled doctor,');
  });

  it('tells settings, their source and every fault as data, with the variable that set a key', async () => {
    const { folder } = premises();
    const secret = join(folder, 'none');
    const good = await particledWith({ PARTICLED_GRID_ROWS: '5' }, ...['config', 'check', '--json']);
    expect(JSON.parse(good.stdout)).toMatchObject({
      source: { file: null, variables: ['PARTICLED_GRID_ROWS'] },
      ...{ faults: [], config: { grid: { rows: 5 } } },
    });
    const mqtt = { PARTICLED_MQTT_USERNAME: 'u', PARTICLED_MQTT_PASSWORD_FILE: secret };
    const bad = await particledWith(mqtt, ...['config', 'check', '--json']);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({
      config: null,
      faults: [expect.stringMatching(/^PARTICLED_MQTT_PASSWORD_FILE \(mqtt\.passwordFile\): cannot be read/)],
    });
    const { stderr } = await particledWith(mqtt, ...['config', 'check']);
    expect(stderr).toContain('  - PARTICLED_MQTT_PASSWORD_FILE (mqtt.passwordFile): cannot be read');
  });

  it('names the variable that named the file which cannot be read', async () => {
    const none = join(premises().folder, 'none.yaml');
    const { code, stderr } = await particledWith({ PARTICLED_CONFIG: none }, ...['config', 'check']);
    expect(code).toBe(1);
    expect(stderr).toContain('PARTICLED_CONFIG names it: cannot be read (ENOENT');
  });

  it('fails on files that the configuration names and that cannot be used, all at once', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    const [empty, text] = [join(folder, 'empty'), join(folder, 'ca.pem')];
    writeFileSync(empty, '\n');
    writeFileSync(text, 'no certificate');
    const mqtt = { broker: 'external', url: 'mqtts://b', username: 'u', passwordFile: empty, caFile: text };
    const mail = { host: 'm', from: 'a@b', to: ['a@b'], username: 'u', passwordFile: join(folder, 'none') };
    writeFileSync(file, stringify({ mqtt, mail }));
    const { code, stdout, stderr } = await particled('config', 'check', '--config', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n').slice(1)).toEqual([
      `  - mqtt.passwordFile: ${empty} is empty; write the password into it`,
      expect.stringMatching(/^ {2}- mqtt\.caFile: .*ca\.pem holds no certificate; give a PEM file/),
      expect.stringMatching(/^ {2}- mail\.passwordFile: cannot be read \(ENOENT.*none'\)/),
    ]);
  });

  it('lists every fault with its key, the value and the limit, and fails', async () => {
    const { folder } = premises();
    const file = join(folder, 'config.yaml');
    writeFileSync(
      file,
      stringify({
        instrument: { name: 'phenom/1' },
        watch: { stabilityMs: 5, foldr: '/data' },
        mqtt: { url: 'http://broker' },
      }),
    );
    const { code, stdout, stderr } = await particled('config', 'check', '--config', file);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const [head, ...faults] = stderr.trimEnd().split('\n');
    expect(head).toBe(`${file}: 4 faults`);
    expect(faults.toSorted()).toEqual([
      expect.stringMatching(/^ {2}- instrument\.name: "phenom\/1" is refused: must be 1 to 64 letters/),
      expect.stringMatching(/^ {2}- mqtt\.url: "http:\/\/broker" is refused: must start with mqtt:/),
      expect.stringMatching(/^ {2}- watch\.foldr: unknown key/),
      expect.stringMatching(/^ {2}- watch\.stabilityMs: 5 is refused: .*50/),
    ]);
  });
});
