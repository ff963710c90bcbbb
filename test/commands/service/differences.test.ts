import { describe, expect, it } from 'vitest';
import {
  foldersElsewhere,
  type Installation,
  unitDifferences,
  unreachable,
} from '../../../src/commands/service/differences.ts';
import { DAEMON, WORKER } from '../../../src/commands/service/service.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Settings } from '../../support/premises.ts';

const unit = 'ExecStart=/usr/bin/particled run --config /etc/particled/config.yaml\n';

function installation(settings: Settings = {}, changes: Partial<Installation> = {}): Installation {
  return {
    service: DAEMON,
    program: ['/usr/bin/particled'],
    configFile: '/etc/particled/config.yaml',
    config: loadConfig(null, {}, settings),
    fstab: '',
    ...changes,
  };
}

describe('what an installation says otherwise than the unit', () => {
  it('is, where all is in its place, that export folder and results must be mounted', () => {
    expect(unitDifferences(installation(), unit)).toEqual({
      unit: ['RequiresMountsFor=/srv/phenom/export /var/lib/particled'],
      service: [],
      execStart: null,
    });
  });

  it('is the command, and the folders elsewhere that the daemon writes into', () => {
    const settings = { store: { file: '/data/p/p.db' }, report: { folder: '/data/my reports' } };
    const program = ['/opt/node', '/opt/particled/dist/cli.js'];
    expect(unitDifferences(installation(settings, { program }), unit)).toEqual({
      unit: ['RequiresMountsFor=/srv/phenom/export /data/p "/data/my reports"'],
      service: ['ReadWritePaths=/data/p', 'ReadWritePaths="/data/my reports"'],
      execStart: '/opt/node /opt/particled/dist/cli.js run --config /etc/particled/config.yaml',
    });
    expect(foldersElsewhere(installation())).toEqual([]);
  });

  it('does not require a share that mounts itself, so that one away at boot keeps nothing from starting', () => {
    const line = (options: string): string =>
      `//phenom/export /srv/phenom cifs ${options} 0 0\n/dev/sda1 / ext4 defaults 0 1`;
    const differing = (options: string) =>
      unitDifferences(installation({}, { fstab: line(options) }), unit).unit.join('\n');
    expect(differing('ro,nofail,x-systemd.automount')).toMatch(
      /^# \/srv\/phenom is not required.*\nRequiresMountsFor=\/var\/lib\/particled$/,
    );
    expect(differing('ro,nofail')).toBe('RequiresMountsFor=/srv/phenom/export /var/lib/particled');
  });
});

describe('what an installation of a worker says otherwise', () => {
  const ofWorker = (settings: Settings, changes: Partial<Installation> = {}): Installation =>
    installation(settings, { service: WORKER, configFile: '/etc/particled/worker.yaml', ...changes });
  const workerUnit = 'ExecStart=/usr/bin/particled worker --config /etc/particled/worker.yaml\n';

  it('is, where all is in its place, that its cache must be mounted, and a shared folder', () => {
    expect(unitDifferences(ofWorker({}), workerUnit)).toEqual({
      unit: ['RequiresMountsFor=/var/cache/particled'],
      service: [],
      execStart: null,
    });
    const shared = { worker: { sharedFolder: '/mnt/shared', cacheFolder: '/data/cache' } };
    expect(unitDifferences(ofWorker(shared), workerUnit)).toEqual({
      unit: ['RequiresMountsFor=/mnt/shared /data/cache'],
      service: ['ReadWritePaths=/data/cache'],
      execStart: null,
    });
  });

  it('is nothing of the daemon: neither its folders nor its secrets need to be reached', () => {
    const settings = {
      ...{ watch: { folder: '/home/lab' }, mqtt: { username: 'lab', passwordFile: '/root/secret' } },
      worker: { cacheFolder: '/tmp/cache' },
    };
    expect(unreachable(ofWorker(settings))).toEqual(
      [
        '/tmp/cache lies in /tmp, which the unit hides from the service; put it elsewhere, as below /srv, /mnt, /etc or /var/lib',
      ].map((fault) => `worker.cacheFolder: ${fault}`),
    );
  });
});

describe('a place that the service could not reach', () => {
  it('is told with its key and what to do', () => {
    const settings = {
      watch: { folder: '/home/lab/export' },
      models: { folder: 'models' },
      mqtt: { username: 'lab', passwordFile: '/root/password' },
    };
    expect(unreachable(installation(settings, { program: ['/home/lab/.nvm/node'] }))).toEqual([
      expect.stringMatching(/^the program: .*lies in \/home, .*install Node and particled for all users/),
      expect.stringMatching(/^watch\.folder: \/home\/lab\/export lies in \/home, .*put it elsewhere/),
      expect.stringMatching(/^models\.folder: models is relative/),
      expect.stringMatching(/^mqtt\.passwordFile: \/root\/password lies in \/root/),
    ]);
  });

  it('is none of the standard ones, nor the name of a credential of systemd', () => {
    expect(unreachable(installation())).toEqual([]);
    expect(unreachable(installation({ mqtt: { username: 'lab', passwordFile: 'mqtt' } }))).toEqual([]);
    expect(unreachable(installation({ watch: { folder: '/homes/export' } }))).toEqual([]);
  });
});
