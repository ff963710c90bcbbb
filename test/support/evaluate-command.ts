import { Command } from 'commander';
import { vi } from 'vitest';
import { accuracyCommands } from '../../src/commands/accuracy-commands.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Finished } from './command.ts';

/**
 * `particled evaluate ...` from its words to what it prints, in this process: half of the time of a small evaluation is
 * the start of another. An error is thrown, as nobody prints it here.
 */
export async function evaluated(...words: string[]): Promise<Pick<Finished, 'code' | 'stdout'>> {
  const program = new Command().exitOverride();
  accuracyCommands(program, ['--config <file>', ''], ({ config }) => loadConfig(config ?? null, {}));
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  const before = process.exitCode;
  process.exitCode = 0;
  try {
    await program.parseAsync(['evaluate', ...words], { from: 'user' });
    const stdout = printed.mock.calls.map((line) => `${line.join(' ')}\n`).join('');
    return { code: Number(process.exitCode), stdout };
  } finally {
    process.exitCode = before;
    printed.mockRestore();
  }
}
