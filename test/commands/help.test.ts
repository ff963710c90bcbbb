import { describe, expect, it } from 'vitest';
import { particled } from '../support/command.ts';

describe('the help', () => {
  it('lists what is used every day first, and what laboratories need in a group of its own at the end', async () => {
    const { stdout } = await particled('--help');
    const groups = stdout.split(/\n\n(?=\S.*:\n)/).slice(2);
    const commands = groups.map((group) => {
      const [title = '', ...lines] = group.split('\n');
      return [title, lines.flatMap((line) => /^ {2}([a-z]+)/.exec(line)?.[1] ?? [])];
    });
    expect(commands).toEqual([
      ['Every day:', ['status', 'report', 'analyse', 'export', 'overlays', 'inspect', 'health']],
      [
        'To run and set up:',
        ['run', 'worker', 'doctor', 'config', 'models', 'service', 'dashboard', 'backup', 'restore', 'demo'],
      ],
      [
        'Laboratory, to make known images and to judge models:',
        ['simulate', 'evaluate', 'tune', 'calibrate', 'corrections', 'compare'],
      ],
      ['Commands:', ['help']],
    ]);
  });
});
