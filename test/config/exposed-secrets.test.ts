import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exposedSecrets } from '../../src/config/exposed-secrets.ts';
import { loadConfig } from '../../src/config/load.ts';
import { particledWith } from '../support/command.ts';
import { premises, type Settings } from '../support/premises.ts';

function fileIn(folder: string, name: string, mode: number): string {
  const file = join(folder, name);
  writeFileSync(file, 'hidden\n');
  chmodSync(file, mode);
  return file;
}

const exposed = (settings: Settings, configFile: string | null = null) =>
  exposedSecrets(loadConfig(null, {}, settings), configFile).map(({ key }) => key);

describe('a file with a secret', () => {
  it('is exposed where every user may read it, not where its group may', () => {
    const { folder } = premises();
    const account = (mode: number): Settings => ({
      mqtt: { username: 'lab', passwordFile: fileIn(folder, `password-${mode}`, mode) },
    });
    expect(exposed(account(0o644))).toEqual(['mqtt.passwordFile']);
    expect(exposed(account(0o604))).toEqual(['mqtt.passwordFile']);
    expect(exposed(account(0o640))).toEqual([]);
  });

  it('is also a key, and the password for mail, each only where it is in use', () => {
    const { folder } = premises();
    const open = fileIn(folder, 'open', 0o644);
    const broker = { url: 'mqtts://broker.lab', certFile: open, keyFile: open };
    const mail = { from: 'a@lab.example', to: ['b@lab.example'], username: 'a', passwordFile: open };
    expect(exposed({ mqtt: { ...broker, broker: 'external' }, mail: { ...mail, host: 'smtp.lab' } })).toEqual(
      ['mqtt.keyFile', 'mail.passwordFile'],
    );
    expect(exposed({ mqtt: broker, mail })).toEqual([]);
  });

  it('is the configuration itself where the address or the user name alone lets in', () => {
    const { folder } = premises();
    const external = { broker: 'external', url: 'wss://broker.lab/mqtt?token=hidden' } as const;
    const token = { broker: 'external', url: 'mqtts://broker.lab', username: 'token' } as const;
    const open = fileIn(folder, 'config.yaml', 0o644);
    expect(exposed({ mqtt: external }, open)).toEqual(['mqtt.url']);
    expect(exposed({ mqtt: token }, open)).toEqual(['mqtt.username']);
    expect(exposed({ mqtt: { broker: 'external', url: 'mqtt://broker.lab' } }, open)).toEqual([]);
    expect(exposed({ mqtt: external }, fileIn(folder, 'closed.yaml', 0o640))).toEqual([]);
    expect(exposed({ mqtt: external }, null)).toEqual([]);
  });

  it('that is exposed is a warning at the start, with what closes it and without its content', async () => {
    const { folder } = premises();
    const file = fileIn(folder, 'password', 0o644);
    const { stderr } = await particledWith(
      {
        PARTICLED_MQTT_USERNAME: 'lab',
        PARTICLED_MQTT_PASSWORD_FILE: file,
        // Ends the start at once.
        PARTICLED_WATCH_FOLDER: join(folder, 'nowhere'),
      },
      'run',
    );
    expect(stderr).toContain('can be read by every user of this computer');
    expect(stderr).toContain(`chmod 640 ${file}`);
    expect(stderr).not.toContain('hidden');
  });

  it('is not printed by `config check` where it stands in an address', async () => {
    const variables = {
      PARTICLED_MQTT_BROKER: 'external',
      PARTICLED_MQTT_URL: 'wss://broker.lab/mqtt?token=hidden',
    };
    const { code, stdout, stderr } = await particledWith(variables, 'config', 'check');
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('"url": "wss://broker.lab/mqtt?..."');
    expect(stdout + stderr).not.toContain('hidden');
  });
});
