import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { Installation } from '../../../src/commands/service/differences.ts';
import { installService, uninstallService } from '../../../src/commands/service/install.ts';
import { dropInFile, SYSUSERS, servicePlan, unitFile } from '../../../src/commands/service/plan.ts';
import { DAEMON, type Service, WORKER } from '../../../src/commands/service/service.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { particled } from '../../support/command.ts';
import { describeNeeding, type Need, program } from '../../support/needs.ts';
import { premises, type Settings } from '../../support/premises.ts';

const tools: Need = {
  isMet:
    process.getuid?.() === 0 &&
    ['systemd-sysusers', 'systemd-tmpfiles', 'systemd-analyze'].every((name) => program(name, '').isMet),
  what: 'root, and systemd: apt install systemd',
};
const [UNIT, DROP_IN] = [unitFile(DAEMON), dropInFile(DAEMON)];
const packaged = '/usr/lib/systemd/system/particled.service';

/** A system with systemd in a folder, in which this program is to be a service. */
function systemIn(
  settings: Settings = {},
  service: Service = DAEMON,
): { root: string; installation: Installation } {
  const root = join(premises().folder, 'root');
  put(root, '/usr/lib/systemd/systemd', '');
  put(root, service.configFile, '');
  put(root, '/opt/particled/node', '#!/bin/sh\n', 0o755);
  return {
    root,
    installation: {
      service,
      program: ['/opt/particled/node', '/opt/particled/cli.js'],
      configFile: service.configFile,
      config: loadConfig(null, {}, settings),
      fstab: '',
    },
  };
}

function put(root: string, path: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { mode });
}

function install(root: string, installation: Installation): string[] {
  const lines: string[] = [];
  installService(root, installation.service, servicePlan(root, installation), (line) => lines.push(line));
  return lines;
}

function uninstall(root: string, service: Service = DAEMON): string[] {
  const lines: string[] = [];
  uninstallService(root, service, (line) => lines.push(line));
  return lines;
}

const read = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');

describeNeeding(tools)('installing the service', () => {
  it('writes unit, user and folders, and says each', () => {
    const { root, installation } = systemIn({ store: { file: '/data/particled/particled.db' } });
    const said = install(root, installation).join('\n');
    expect(said).toContain(`written   ${join(root, UNIT)}`);
    expect(said).toContain(`made      ${join(root, '/data/particled')}, of the user particled`);
    const [, uid] = /^particled:[^:]*:(\d+):/m.exec(read(root, '/etc/passwd')) ?? [];
    expect(statSync(join(root, '/data/particled')).uid).toBe(Number(uid));
    expect(statSync(join(root, '/var/lib/particled')).uid).toBe(Number(uid));
    expect(read(root, UNIT)).toContain('\nReadWritePaths=/data/particled\n');
  });

  it('is as safe as the shipped unit, and systemd accepts it', () => {
    const { root, installation } = systemIn({ store: { file: '/data/particled/particled.db' } });
    install(root, installation);
    const unit = join(root, UNIT);
    // The program is looked for where this test runs.
    writeFileSync(unit, readFileSync(unit, 'utf8').replace('/opt/particled/node', process.execPath));
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
    expect(verified.stdout + verified.stderr).toBe('');
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', unit], {
      encoding: 'utf8',
    });
    const [, level] = /Overall exposure level for particled\.service: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(level)).toBeLessThanOrEqual(2.5);
  });

  it('writes a drop-in where a package has brought the unit, and takes back what it wrote before', () => {
    const { root, installation } = systemIn();
    install(root, installation);
    put(root, packaged, readFileSync('systemd/particled.service', 'utf8'));
    expect(install(root, installation)).toContain(`removed   ${join(root, UNIT)}`);
    expect(existsSync(join(root, UNIT))).toBe(false);
    expect(read(root, DROP_IN)).toMatch(/\nExecStart=\nExecStart=\/opt\/particled\/node .*\n$/);
    const ofPackage = { ...installation, program: ['/usr/bin/particled'] };
    install(root, ofPackage);
    expect(read(root, DROP_IN)).not.toContain('ExecStart');
    expect(uninstall(root).join('\n')).toContain('the unit of the package stays');
    expect(existsSync(dirname(join(root, DROP_IN)))).toBe(false);
  });

  it('is taken away whole: what is left is configuration, results and user', () => {
    const { root, installation } = systemIn();
    install(root, installation);
    put(root, '/var/lib/particled/particled.db', 'results');
    expect(uninstall(root).at(-1)).toBe('stay      configuration, results and the user particled');
    expect(globSync('**/*particled*', { cwd: join(root, 'etc') })).toEqual(['particled']);
    expect(read(root, '/var/lib/particled/particled.db')).toBe('results');
    expect(uninstall(root)).toContain('nothing is installed here by `particled service install`');
  });

  it('leaves a unit alone that somebody has written, and a system without systemd', () => {
    const { root, installation } = systemIn();
    put(root, UNIT, '[Service]\nExecStart=/mine\n');
    expect(() => servicePlan(root, installation)).toThrow(
      /not from `particled service install`; move it away/,
    );
    uninstall(root);
    expect(read(root, UNIT)).toContain('/mine');
    const bare = join(premises().folder, 'bare');
    expect(() => install(bare, installation)).toThrow(/no systemd is installed here/);
    expect(existsSync(bare)).toBe(false);
  });

  it('is for root alone', () => {
    const { root, installation } = systemIn();
    vi.spyOn(process, 'getuid').mockReturnValueOnce(1000);
    expect(() => install(root, installation)).toThrow(/only root may: sudo particled service install/);
    expect(existsSync(join(root, UNIT))).toBe(false);
  });
});

describeNeeding(tools)('installing the service of a worker', () => {
  const unit = unitFile(WORKER);
  const settings = { worker: { cacheFolder: '/data/cache' } };

  it('writes its own unit, and makes its user and folders, which systemd accepts', () => {
    const { root, installation } = systemIn(settings, WORKER);
    const said = install(root, installation).join('\n');
    expect(said).toContain(`written   ${join(root, unit)}`);
    expect(said).toContain(`made      ${join(root, '/data/cache')}, of the user particled-worker`);
    const [, uid] = /^particled-worker:[^:]*:(\d+):/m.exec(read(root, '/etc/passwd')) ?? [];
    expect(statSync(join(root, '/data/cache')).uid).toBe(Number(uid));
    expect(statSync(join(root, '/var/cache/particled')).uid).toBe(Number(uid));
    const text = read(root, unit);
    expect(text).toContain(
      '\nExecStart=/opt/particled/node /opt/particled/cli.js worker --config /etc/particled/worker.yaml\n' +
        'ReadWritePaths=/data/cache\n',
    );
    writeFileSync(join(root, unit), text.replace('/opt/particled/node', process.execPath));
    const verified = spawnSync('systemd-analyze', ['verify', '--man=no', join(root, unit)], {
      encoding: 'utf8',
    });
    expect(verified.stdout + verified.stderr).toBe('');
    expect(existsSync(join(root, UNIT))).toBe(false);
  });

  it('is taken away whole, and leaves what the daemon beside it needs until that goes too', () => {
    const { root, installation } = systemIn({}, DAEMON);
    install(root, installation);
    install(root, systemIn(settings, WORKER).installation);
    expect(uninstall(root, WORKER).at(-1)).toBe(
      'stay      configuration, cache and the user particled-worker',
    );
    expect(existsSync(join(root, unit))).toBe(false);
    expect(existsSync(join(root, UNIT))).toBe(true);
    expect(read(root, SYSUSERS)).toContain('u particled-worker ');
    expect(uninstall(root, WORKER)).toContain(
      'nothing is installed here by `particled service install --worker`',
    );
    uninstall(root);
    expect(globSync('**/*particled*', { cwd: join(root, 'etc') })).toEqual(['particled']);
  });

  it('adds to the unit of a package what differs, and nothing where all is in its place', () => {
    const { root, installation } = systemIn({}, WORKER);
    put(
      root,
      `/usr/lib${unit.slice('/etc'.length)}`,
      readFileSync('systemd/particled-worker.service', 'utf8'),
    );
    install(root, { ...installation, program: ['/usr/bin/particled'] });
    expect(read(root, dropInFile(WORKER))).toMatch(
      /^# Written by .*\n\n\[Unit\]\nRequiresMountsFor=\/var\/cache\/particled\n$/,
    );
    expect(uninstall(root, WORKER).join('\n')).toContain('the unit of the package stays');
  });
});

const settled: Need = { isMet: process.platform === 'linux', what: 'Linux' };

describeNeeding(settled)('particled service', () => {
  it('shows what it would write, and writes nothing', async () => {
    const { root } = systemIn();
    const { stdout, stderr, code } = await particled('service', 'show', '--root', root);
    // A checkout in a home folder is one that a service could not run from.
    if (code === 1) expect(stderr).toMatch(/the program: .* lies in \/(home|root|tmp)/);
    else expect(stdout).toContain('\nRequiresMountsFor=/srv/phenom/export /var/lib/particled\n');
    expect(existsSync(join(root, UNIT))).toBe(false);
    const dry = await particled('service', 'install', '--dry-run', '--root', root);
    expect(dry.stdout).toBe(stdout);
  });

  it('says where the configuration is missing or at fault', async () => {
    const { root } = systemIn();
    const missing = await particled('service', 'show', '--root', root, '--config', '/etc/none.yaml');
    expect(missing.stderr).toContain(`${join(root, '/etc/none.yaml')} is not there`);
    put(root, '/etc/particled/config.yaml', 'watch: { folder: /home/lab/export }\n');
    const hidden = await particled('service', 'install', '--root', root);
    expect(hidden.code).toBe(1);
    expect(hidden.stderr).toContain('watch.folder: /home/lab/export lies in /home');
  });

  it('says of a worker where its configuration names no queue, and what its unit hides', async () => {
    const { root } = systemIn({}, WORKER);
    const show = () => particled('service', 'show', '--worker', '--root', root);
    const unset = await show();
    expect(unset.stderr).toContain(join(root, '/etc/particled/worker.yaml'));
    expect(unset.stderr).toContain('- worker.queue: is not set; give it the address of Valkey or Redis');
    put(
      root,
      '/etc/particled/worker.yaml',
      'worker: { queue: { url: "rediss://q", username: w, passwordFile: /home/lab/secret }, sharedFolder: shared }\n',
    );
    const { stderr, code } = await show();
    expect(code).toBe(1);
    expect(stderr).toContain('worker.queue.passwordFile: /home/lab/secret lies in /home');
    expect(stderr).toContain('worker.sharedFolder: shared is relative');
  });
});
